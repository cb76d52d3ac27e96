attempt shadow cat /etc/shadow
attempt group-shadow cat /etc/gshadow
attempt sudoers cat /etc/sudoers
attempt host-keys sh -c 'cat /etc/ssh/ssh_host_*_key'
attempt root-home ls /root
attempt homes sh -c 'test -n "$(ls -A /home)"'
attempt host-file cat "$HOST_FILE"
attempt host-folder ls "$HOST_FOLDER"
attempt host-file-by-root cat "/proc/self/root$HOST_FILE"
attempt host-file-by-init cat "/proc/1/root$HOST_FILE"
attempt host-file-by-init-cwd sh -c 'cat /proc/1/cwd/../../../..$HOST_FILE'
attempt host-file-by-dots sh -c 'cat ../../../../../..$HOST_FILE'
attempt host-users sh -c 'test "$(wc -l < /etc/passwd)" -gt 4'
attempt machine-id sh -c 'test -s /etc/machine-id || test -s /var/lib/dbus/machine-id'
attempt resolver sh -c 'test -s /etc/resolv.conf'
attempt logs sh -c 'test -n "$(ls -A /var/log)"'
attempt system-state sh -c 'test -n "$(ls -A /var/lib)"'
attempt sys ls /sys/kernel
attempt cgroups ls /sys/fs/cgroup
attempt boot ls /boot
attempt opt sh -c 'ls /opt | grep -v capsule'
attempt run-folder sh -c 'find /run -type s | grep .'
attempt write-usr touch /usr/x
attempt write-bin sh -c 'echo x > /bin/x'
attempt write-lib sh -c 'echo x > /lib/x.so'
attempt write-etc touch /etc/x
attempt append-passwd sh -c 'echo evil::0:0::/:/bin/sh >> /etc/passwd'
attempt preload sh -c 'echo /state/x.so > /etc/ld.so.preload'
attempt write-root touch /x
attempt write-dev touch /dev/x
attempt write-var touch /var/x
attempt write-run touch /run/x
attempt write-init sh -c 'echo x > /.capsule/init'
attempt remove-init rm -f /.capsule/init
attempt list-init sh -c 'ls /.capsule/* && cat /.capsule/init > /state/init'
attempt write-tree touch /app/x
attempt write-tree-file sh -c 'echo x >> /app/file'
attempt truncate-tree-file truncate -s 0 /app/file
attempt remove-tree-file rm /app/file
attempt rename-tree-file mv /app/file /app/other
attempt replace-tree-file mv -f /state/mine /app/file
attempt exchange-tree-file perl -e 'exit(syscall(316, -100, my $a = "/app/file", -100, my $b = "/state/mine", 2) == -1 ? 1 : 0)'
attempt mode-of-tree chmod 777 /app/file
attempt owner-of-tree chown 1000 /app/file
attempt time-of-tree touch -d 2001-01-01 /app/file
attempt attribute-of-tree perl -e 'exit(syscall(188, my $f = "/app/file", my $n = "user.x", my $v = "x", 1, 0) == -1 ? 1 : 0)'
attempt link-into-tree ln -s /etc/passwd /app/link
attempt hard-link-into-tree ln /state/mine /app/hard
attempt hard-link-of-system ln /usr/bin/env /state/env
attempt nameless-in-tree perl -MFcntl -e 'sysopen(my $f, "/app", 020200000 | O_RDWR, 0600) or exit 1'
attempt write-by-descriptor perl -e 'open(my $f, "<", "/app/file") or exit 1; open(my $w, ">>", "/proc/self/fd/" . fileno($f)) or exit 1; print $w "x"'
attempt mode-of-system chmod 777 /usr/bin/env
attempt time-of-system touch -d 2001-01-01 /usr/bin/env
attempt allocate-in-system perl -e 'open(my $f, "+<", "/usr/bin/env") or exit 1'
attempt planted-link sh -c 'ln -sf "$HOST_FILE" /state/planted && cat /state/planted'
attempt planted-folder sh -c 'ln -sfn "$HOST_FOLDER" /state/folder && ls /state/folder/'
attempt planted-chain sh -c 'mkdir -p a && ln -sfn .. a/b && ln -sfn a/b/../../.. c && cat "c$HOST_FILE"'
attempt racing-link sh -c 'i=0; while [ $i -lt 50 ]; do ln -sfn /state r; cat "r$HOST_FILE" && exit 0; ln -sfn / r; cat "r$HOST_FILE" && exit 0; i=$((i+1)); done; exit 1'
attempt hard-link-of-host ln "$HOST_FILE" /state/hard
