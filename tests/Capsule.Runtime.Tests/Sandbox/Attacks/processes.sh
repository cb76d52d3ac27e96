attempt signal-host kill -0 "$HOST_PID"
attempt kill-host kill -9 "$HOST_PID"
attempt kill-thread-of-host call 234 "$HOST_PID" "$HOST_PID" 9
attempt queue-signal-to-host perl -e 'exit(syscall(129, $ENV{HOST_PID}, 10, my $i = pack("iii", 10, 0, -1) . "\0" x 116) == -1 ? 1 : 0)'
attempt handle-of-host call 434 "$HOST_PID" 0
attempt group-of-host perl -e 'exit(kill(0, -$ENV{HOST_PID}) ? 0 : 1)'
attempt kill-1 sh -c 'kill -9 1 && sleep 0.2 && false'
attempt stop-1 sh -c 'kill -STOP 1; sleep 0.2; grep -q "State:.T" /proc/1/status'
attempt terminate-1 sh -c 'kill -TERM 1; kill -INT 1; kill -HUP 1; kill -USR1 1; sleep 0.2; test ! -d /proc/1'
attempt session-of-host call 62 "$HOST_PID" 18
attempt owner-signal perl -e 'exit(fcntl(STDIN, 8, $ENV{HOST_PID}) && $ENV{HOST_PID} > 2000 && -d "/proc/$ENV{HOST_PID}" ? 0 : 1)'
attempt descriptors sh -c 'ls /proc/self/fd | grep -v -x -e 0 -e 1 -e 2 -e 3'
attempt open-through-descriptors perl -e 'for my $fd (3..255) { exit 0 if syscall(257, $fd, my $n = "..", 0) != -1 } exit 1'
attempt change-folder-through-descriptors perl -e 'for my $fd (3..255) { exit 0 if syscall(81, $fd) != -1 } exit 1'
attempt write-on-descriptors perl -e 'for my $fd (3..255) { exit 0 if syscall(1, $fd, my $x = "x", 1) != -1 } exit 1'
attempt receive-descriptors perl -e 'for my $fd (3..255) { exit 0 if syscall(47, $fd, my $m = "\0" x 56, 0x40) != -1 } exit 1'
attempt reopen-output-for-reading sh -c 'head -c 1 <&1'
attempt runner-through-output perl -e 'my $l = readlink("/proc/self/fd/0"); exit($l =~ m{^/(?!dev/null)} ? 0 : 1)'
attempt inherited-environment sh -c 'env | grep -i -e "^HOME=/root" -e CAPSULE_VECTORS -e DOTNET -e "^USER=" -e SSH -e TOKEN'
attempt working-folder-outside sh -c 'readlink /proc/self/cwd | grep -v -e ^/state -e ^/$'
attempt shared-memory sh -c 'ipcs -m | grep -q 0x'
attempt message-queues sh -c 'test -n "$(ls -A /dev/mqueue)"'
attempt abstract-socket perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0) or exit 1; exit(connect(S, pack_sockaddr_un("\0$ENV{HOST_SOCKET}")) ? 0 : 1)'
attempt abstract-datagram perl -MSocket -e 'socket(S, AF_UNIX, SOCK_DGRAM, 0) or exit 1; exit(connect(S, pack_sockaddr_un("\0$ENV{HOST_SOCKET}")) ? 0 : 1)'
attempt path-socket perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0) or exit 1; exit(connect(S, pack_sockaddr_un($ENV{HOST_SOCKET})) ? 0 : 1)'
attempt path-socket-by-link perl -MSocket -e 'symlink($ENV{HOST_SOCKET}, "/state/s"); socket(S, AF_UNIX, SOCK_STREAM, 0) or exit 1; exit(connect(S, pack_sockaddr_un("/state/s")) ? 0 : 1)'
attempt container-engine perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0) or exit 1; for (qw(/run/docker.sock /var/run/docker.sock /run/podman/podman.sock /run/containerd/containerd.sock)) { exit 0 if connect(S, pack_sockaddr_un($_)) } exit 1'
attempt message-bus perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0) or exit 1; for (qw(/run/dbus/system_bus_socket /run/systemd/private /run/systemd/notify)) { exit 0 if connect(S, pack_sockaddr_un($_)) } exit 1'
attempt display perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0) or exit 1; for ("/tmp/.X11-unix/X0", "\0/tmp/.X11-unix/X0") { exit 0 if connect(S, pack_sockaddr_un($_)) } exit 1'
attempt fork-into-the-host sh -c 'setsid sh -c "test -e $HOST_FILE"'
attempt argument-injection sh -c '/.capsule/init --bind / /state -- ls "/state$HOST_FILE"'
attempt start-another-sandbox bwrap --bind / / --dev /dev true
attempt start-init-outer perl -e 'exec("/.capsule/init", "outer", $ENV{HOST_SOCKET}, "/usr/bin/bwrap") or exit 1'
