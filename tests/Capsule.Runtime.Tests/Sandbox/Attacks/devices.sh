attempt memory-device head -c 1 /dev/mem
attempt kernel-device head -c 1 /dev/kmem
attempt port-device head -c 1 /dev/port
attempt kernel-log-device head -c 1 /dev/kmsg
attempt disks sh -c 'ls /dev | grep -E "^(sd|vd|xvd|nvme|dm-|loop|md)"'
attempt block-device perl -e 'for (glob("/dev/*")) { exit 0 if -b } exit 1'
attempt loop-control test -e /dev/loop-control
attempt fuse-device test -e /dev/fuse
attempt virtual-machines test -e /dev/kvm
attempt tunnels test -e /dev/net/tun
attempt host-network-device test -e /dev/vhost-net
attempt graphics sh -c 'ls /dev/dri'
attempt input sh -c 'ls /dev/input'
attempt sound sh -c 'ls /dev/snd'
attempt console sh -c 'exec 7<>/dev/tty1'
attempt system-console sh -c 'exec 7>/dev/console'
attempt controlling-terminal sh -c 'exec 7<>/dev/tty'
attempt autofs test -e /dev/autofs
attempt userfault-device test -e /dev/userfaultfd
attempt hibernation test -e /dev/snapshot
attempt make-block mknod /state/sda b 8 0
attempt make-memory mknod /tmp/mem c 1 1
attempt make-null mknod /state/null c 1 3
attempt make-kernel-log mknod /dev/shm/kmsg c 1 11
attempt make-whiteout perl -e 'exit(syscall(133, my $n = "/tmp/w", 020000, 0) == -1 ? 1 : 0)'
attempt type-for-another perl -e 'open(T, "+<", "/dev/ptmx") or exit 1; exit(ioctl(T, 0x5412, my $c = "x") ? 0 : 1)'
attempt type-by-high-bits perl -e 'open(T, "+<", "/dev/ptmx") or exit 1; exit(syscall(16, fileno(T), 0x100005412, my $c = "x") == -1 ? 1 : 0)'
attempt paste-selection perl -e 'open(T, "+<", "/dev/ptmx") or exit 1; exit(ioctl(T, 0x541C, my $c = "\3") ? 0 : 1)'
attempt take-terminal perl -e 'open(T, "+<", "/dev/ptmx") or exit 1; exit(ioctl(T, 0x541D, my $c = 0) ? 0 : 1)'
attempt type-on-input perl -e 'exit(ioctl(STDIN, 0x5412, my $c = "x") ? 0 : 1)'
attempt type-on-output perl -e 'exit(ioctl(STDOUT, 0x5412, my $c = "x") ? 0 : 1)'
