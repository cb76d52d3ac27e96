attempt sysrq sh -c 'echo h > /proc/sysrq-trigger'
attempt core-pattern sh -c 'echo "|/state/evil" > /proc/sys/kernel/core_pattern'
attempt module-loader sh -c 'echo /state/evil > /proc/sys/kernel/modprobe'
attempt drop-caches sh -c 'echo 1 > /proc/sys/vm/drop_caches'
attempt overcommit sh -c 'cat /proc/sys/vm/overcommit_memory > /proc/sys/vm/overcommit_memory'
attempt host-name-file sh -c 'echo evil > /proc/sys/kernel/hostname'
attempt domain-name-file sh -c 'echo evil > /proc/sys/kernel/domainname'
attempt forwarding sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
attempt privileged-ports sh -c 'echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start'
attempt ping-groups sh -c 'echo "0 2147483647" > /proc/sys/net/ipv4/ping_group_range'
attempt writable-settings sh -c 'find /proc/sys -type f -writable -print -quit | grep .'
attempt binary-formats sh -c 'echo ":x:M::x::/state/evil:" > /proc/sys/fs/binfmt_misc/register'
attempt namespaces-limit sh -c 'echo 1000 > /proc/sys/user/max_user_namespaces'
attempt environ-of-1 sh -c 'test -n "$(tr -d "\0" < /proc/1/environ)"'
attempt memory-of-1 head -c 1 /proc/1/mem
attempt maps-of-1 sh -c 'test -n "$(cat /proc/1/maps)"'
attempt root-of-1 ls /proc/1/root/
attempt cwd-of-1 ls /proc/1/cwd/
attempt program-of-1 sh -c 'cat /proc/1/exe > /state/x'
attempt overwrite-program-of-1 sh -c 'echo x > /proc/1/exe'
attempt overwrite-own-program sh -c 'exec 7>/proc/self/exe'
attempt descriptors-of-1 sh -c 'ls /proc/1/fd/'
attempt stack-of-1 sh -c 'test -n "$(cat /proc/1/stack)"'
attempt call-of-1 sh -c 'test -n "$(cat /proc/1/syscall)"'
attempt oom-score-of-1 sh -c 'echo 1000 > /proc/1/oom_score_adj'
attempt own-oom-score sh -c 'echo -1000 > /proc/self/oom_score_adj'
attempt uid-map sh -c 'echo "0 0 1" > /proc/self/uid_map'
attempt group-map sh -c 'echo "0 0 1" > /proc/self/gid_map'
attempt set-groups-file sh -c 'echo allow > /proc/self/setgroups'
attempt login-id sh -c 'echo 0 > /proc/self/loginuid'
attempt security-attribute sh -c 'echo unconfined > /proc/self/attr/current'
attempt kernel-memory head -c 1 /proc/kcore
attempt kernel-messages sh -c 'timeout 1 head -c 1 /proc/kmsg | grep -q .'
attempt kernel-symbols sh -c 'grep -v "^0000000000000000" /proc/kallsyms | grep -q .'
attempt interrupts sh -c 'for f in /proc/irq/*/smp_affinity; do cat $f > $f && exit 0; done; exit 1'
attempt memory-type sh -c 'echo "disable=00" > /proc/mtrr'
attempt page-map sh -c 'perl -e "open(F,q(/proc/self/pagemap)); sysread(F,my \$b,8*512); exit(join(q(),unpack(q(Q*),\$b)) =~ /[1-9]{9}/ ? 0 : 1)" && false'
attempt host-process-seen test -e "/proc/$HOST_PID/comm" -a "$HOST_PID" -gt 2000
attempt host-processes sh -c 'cat /proc/[0-9]*/comm | grep -q -e Capsule -e dotnet -e systemd'
attempt host-arguments sh -c 'cat /proc/[0-9]*/cmdline | grep -qa "Capsule[.]Runtime[.]Tests"'
attempt host-mount-of-secret grep -q "$HOST_FILE" /proc/self/mountinfo
attempt keys-of-others sh -c 'grep -q -v capsule /proc/keys && keyctl show'
attempt timers head -c 1 /proc/timer_list
attempt scheduler head -c 1 /sys/kernel/debug/sched/debug
