attempt mount mount -t tmpfs none /tmp
attempt remount-usr mount -o remount,rw /usr
attempt remount-root mount -o remount,rw /
attempt bind mount --bind /usr /state
attempt mount-proc mount -t proc none /tmp
attempt mount-overlay mount -t overlay overlay -o lowerdir=/usr,upperdir=/state,workdir=/tmp /usr
attempt mount-call perl -e 'exit(syscall(165, my $s = "none", my $t = "/tmp", my $f = "tmpfs", 0, 0) == -1 ? 1 : 0)'
attempt unmount-settings perl -e 'exit(syscall(166, my $t = "/proc/sys", 2) == -1 ? 1 : 0)'
attempt unmount-root perl -e 'exit(syscall(166, my $t = "/", 2) == -1 ? 1 : 0)'
attempt pivot perl -e 'exit(syscall(155, my $n = "/state", my $o = "/state") == -1 ? 1 : 0)'
attempt chroot perl -e 'exit(syscall(161, my $n = "/state") == -1 ? 1 : 0)'
attempt open-tree perl -e 'exit(syscall(428, -100, my $n = "/", 1) == -1 ? 1 : 0)'
attempt move-mount perl -e 'exit(syscall(429, -100, my $a = "/usr", -100, my $b = "/state", 0) == -1 ? 1 : 0)'
attempt open-file-system perl -e 'exit(syscall(430, my $n = "tmpfs", 0) == -1 ? 1 : 0)'
attempt configure-file-system call 431 0 0 0 0 0
attempt mount-file-system call 432 0 0 0
attempt pick-file-system perl -e 'exit(syscall(433, -100, my $n = "/", 0) == -1 ? 1 : 0)'
attempt mount-attributes perl -e 'exit(syscall(442, -100, my $n = "/usr", 0, my $a = pack("QQQQ", 0, 1, 0, 0), 32) == -1 ? 1 : 0)'
attempt mount-watch call 468 0 0 0
attempt user-namespace unshare -U true
attempt mount-namespace unshare -m true
attempt network-namespace unshare -n true
attempt process-namespace unshare -p -f true
attempt name-namespace unshare -u true
attempt ipc-namespace unshare -i true
attempt cgroup-namespace unshare -C true
attempt time-namespace unshare -T -f true
attempt root-namespaces unshare -Urmpf true
attempt clone-user perl -e 'my $p = syscall(56, 0x10000011, 0, 0, 0, 0); exit 1 if $p == -1; exit 0'
attempt clone-mount perl -e 'my $p = syscall(56, 0x00020011, 0, 0, 0, 0); exit 1 if $p == -1; exit 0'
attempt clone-network perl -e 'my $p = syscall(56, 0x40000011, 0, 0, 0, 0); exit 1 if $p == -1; exit 0'
attempt clone3-user perl -e 'my $p = syscall(435, my $a = pack("Q11", 0x10000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0), 88); exit 1 if $p == -1; exit 0'
attempt clone3-into-cgroup perl -e 'my $p = syscall(435, my $a = pack("Q11", 0x200000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0), 88); exit 1 if $p == -1; exit 0'
attempt join-own-namespace perl -e 'open(F, "<", "/proc/self/ns/mnt") or exit 1; exit(syscall(308, fileno(F), 0) == -1 ? 1 : 0)'
attempt join-namespace-of-1 perl -e 'open(F, "<", "/proc/1/ns/user") or exit 1; exit(syscall(308, fileno(F), 0) == -1 ? 1 : 0)'
attempt parent-namespace perl -e 'open(F, "<", "/proc/self/ns/user") or exit 1; exit(ioctl(F, 0xb702, 0) ? 0 : 1)'
attempt host-name perl -e 'exit(syscall(170, my $n = "evil", 4) == -1 ? 1 : 0)'
attempt domain-name perl -e 'exit(syscall(171, my $n = "evil", 4) == -1 ? 1 : 0)'
attempt swap-on perl -e 'exit(syscall(167, my $n = "/state/mine", 0) == -1 ? 1 : 0)'
attempt accounting perl -e 'exit(syscall(163, my $n = "/state/mine") == -1 ? 1 : 0)'
attempt quota perl -e 'exit(syscall(179, 0x800002 << 8, my $n = "/dev/vda", 0, 0) == -1 ? 1 : 0)'
