attempt ptrace-1 call 101 16 1 0 0
attempt ptrace-seize call 101 16902 1 0 0
attempt ptrace-me call 101 0 0 0 0
attempt read-memory-of-1 call 310 1 0 0 0 0 0
attempt write-memory-of-1 call 311 1 0 0 0 0 0
attempt steal-descriptor perl -e 'my $p = syscall(434, 1, 0); exit(syscall(438, $p < 0 ? 0 : $p, 0, 0) == -1 ? 1 : 0)'
attempt compare-processes call 312 1 1 0 0 0
attempt process-advice call 440 0 0 0 0 0
attempt process-release call 448 0 0
attempt bpf call 321 0 0 0
attempt bpf-load perl -e 'exit(syscall(321, 5, my $a = "\0" x 128, 128) == -1 ? 1 : 0)'
attempt performance-events perl -e 'exit(syscall(298, my $a = pack("LLQ", 1, 112, 0) . "\0" x 96, 0, -1, -1, 0) == -1 ? 1 : 0)'
attempt user-faults call 323 0
attempt ring-setup perl -e 'exit(syscall(425, 1, my $p = "\0" x 120) == -1 ? 1 : 0)'
attempt ring-enter call 426 0 0 0 0 0 0
attempt ring-register call 427 0 0 0 0
attempt add-key perl -e 'exit(syscall(248, my $t = "user", my $d = "x", my $v = "x", 1, -3) == -1 ? 1 : 0)'
attempt request-key perl -e 'exit(syscall(249, my $t = "user", my $d = "x", 0, -3) == -1 ? 1 : 0)'
attempt keyring call 250 0 -3 1
attempt join-session-keyring call 250 1 0 0
attempt kexec call 246 0 0 0 0
attempt kexec-file call 320 0 0 0 0 0
attempt load-module call 175 0 0 0
attempt load-module-file call 313 0 0 0
attempt remove-module call 176 0 0
attempt reboot call 169 0xfee1dead 672274793 0 0
attempt io-privilege call 172 3
attempt io-ports call 173 0 1 1
attempt set-time perl -e 'exit(syscall(164, my $t = pack("qq", time, 0), 0) == -1 ? 1 : 0)'
attempt set-clock perl -e 'exit(syscall(227, 0, my $t = pack("qq", time, 0)) == -1 ? 1 : 0)'
attempt adjust-clock perl -e 'exit(syscall(159, my $t = pack("Lx4q", 2, 1) . "\0" x 192) == -1 ? 1 : 0)'
attempt kernel-log call 103 3 0 0
attempt clear-kernel-log call 103 5 0 0
attempt name-to-handle perl -e 'exit(syscall(303, -100, my $n = "/state", my $h = pack("LL", 128, 0) . "\0" x 128, my $m = "\0" x 4, 0) == -1 ? 1 : 0)'
attempt open-by-handle perl -e 'exit(syscall(304, -100, my $h = pack("LlQ", 8, 1, 2), 0) == -1 ? 1 : 0)'
attempt watch-everything call 300 0 0
attempt hang-up call 153
attempt move-pages-of-1 call 279 1 0 0 0 0 0
attempt migrate-pages-of-1 call 256 1 0 0 0
attempt schedule-1 perl -e 'exit(syscall(144, 1, 1, my $p = pack("i", 1)) == -1 ? 1 : 0)'
attempt real-time perl -e 'exit(syscall(144, 0, 1, my $p = pack("i", 50)) == -1 ? 1 : 0)'
attempt higher-priority call 141 0 0 -10
attempt higher-disk-priority call 251 1 0 8192
attempt become-root perl -e '$> = 0; $< = 0; exit($> == 0 ? 0 : 1)'
attempt set-user call 105 0
attempt set-group call 106 0
attempt set-real-users call 117 0 0 0
attempt set-groups perl -e 'exit(syscall(116, 1, my $g = pack("L", 0)) == -1 ? 1 : 0)'
attempt set-file-user perl -e 'syscall(122, 0); exit(syscall(122, -1) == 0 ? 0 : 1)'
attempt raise-capabilities perl -e 'exit(syscall(126, my $h = pack("Li", 0x20080522, 0), my $d = pack("L6", 0xffffffff, 0xffffffff, 0, 0x1ff, 0x1ff, 0)) == -1 ? 1 : 0)'
attempt ambient-capability call 157 47 2 21 0 0
attempt secure-bits call 157 28 0x2f 0 0 0
attempt keep-capabilities sh -c 'perl -e "syscall(157, 8, 1, 0, 0, 0)"; grep -q "CapEff:.*[1-9a-f]" /proc/self/status'
attempt new-privileges sh -c '! grep -q "NoNewPrivs:.1" /proc/self/status'
attempt no-filter sh -c '! grep -q "Seccomp:.2" /proc/self/status'
attempt bounding-set sh -c 'grep -q "CapBnd:.*[1-9a-f]" /proc/self/status'
attempt raise-open-files sh -c 'ulimit -Hn 10000000'
attempt raise-core sh -c 'ulimit -Hc unlimited'
attempt raise-processes sh -c 'ulimit -Hu unlimited'
attempt run-by-setuid sh -c 'test "$(su -c id 2>&1 | grep -c uid=0)" = 1'
attempt run-by-sudo sudo -n true
attempt change-shell sh -c 'echo | chsh -s /bin/sh root'
attempt make-setuid sh -c 'cp /usr/bin/id id && chmod 4755 id && ls -l id | grep -q rws'
attempt make-setgid sh -c 'cp /usr/bin/id idg && chmod 2755 idg && ls -l idg | grep -q s'
attempt file-capabilities perl -e 'open(F, ">", "/state/cap"); exit(syscall(188, my $f = "/state/cap", my $n = "security.capability", my $v = pack("L5", 0x02000001, 0xffffffff, 0, 0xffffffff, 0), 20, 0) == -1 ? 1 : 0)'
attempt trusted-attribute perl -e 'open(F, ">", "/state/attr"); exit(syscall(188, my $f = "/state/attr", my $n = "trusted.overlay.opaque", my $v = "y", 1, 0) == -1 ? 1 : 0)'
attempt immutable perl -e 'open(F, ">", "/state/imm"); exit(ioctl(F, 0x40086602, my $v = pack("L", 16)) ? 0 : 1)'
attempt lease perl -e 'open(F, "<", "/usr/bin/env"); exit(fcntl(F, 1024, 0) ? 0 : 1)'
attempt secret-memory call 447 0
attempt lookup-cookie call 212 0 0 0
attempt list-mounts call 458 0 0 0 0
attempt read-mount call 457 0 0 0 0
attempt old-resources call 134 0 0 0 0
attempt security-modules call 461 0 0 0
attempt listener-among-descriptors sh -c 'ls -l /proc/self/fd /proc/1/fd /proc/[0-9]*/fd | grep seccomp'
attempt second-listener perl -e 'my $f = pack("SCCL", 6, 0, 0, 0x7fff0000); exit(syscall(317, 1, 8, my $p = pack("Sx6Q", 1, unpack("Q", pack("P", $f)))) == -1 ? 1 : 0)'
attempt own-filter-that-allows perl -e 'my $f = pack("SCCL", 6, 0, 0, 0x7fff0000); syscall(317, 1, 0, my $p = pack("Sx6Q", 1, unpack("Q", pack("P", $f)))); exit(syscall(101, 0, 0, 0, 0) == -1 ? 1 : 0)'
attempt own-filter-that-traces perl -e 'my $f = pack("SCCL", 6, 0, 0, 0x7ff00000); syscall(317, 1, 0, my $p = pack("Sx6Q", 1, unpack("Q", pack("P", $f)))); exit(syscall(101, 0, 0, 0, 0) == -1 ? 1 : 0)'
attempt own-filter-that-tells perl -e 'my $f = pack("SCCL", 0x20, 0, 0, 0) . pack("SCCL", 0x15, 0, 1, 101) . pack("SCCL", 6, 0, 0, 0x7fc00000) . pack("SCCL", 6, 0, 0, 0x7fff0000); syscall(317, 1, 0, my $p = pack("Sx6Q", 4, unpack("Q", pack("P", $f)))); exit(syscall(101, 0, 0, 0, 0) == -1 ? 1 : 0)'
