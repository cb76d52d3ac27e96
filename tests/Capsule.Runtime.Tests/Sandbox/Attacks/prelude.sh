# Each line of the other files is one attack: a name, then a program that ends with 0 only when it got what it wanted.
# HOST_PID is a process outside, HOST_FILE a secret file outside, HOST_FOLDER its folder, HOST_SOCKET a socket's path and
# name outside, HOST_PORT a port that listens on the host's loopback. /app is a read-only tree, /state a writable folder.
attempt() { name=$1; shift; if timeout -k 1 5 "$@" >/dev/null 2>&1 </dev/null; then echo "ESCAPED $name"; else echo "denied $name"; fi; }
call() { perl -e 'exit(syscall(shift, map { $_ + 0 } @ARGV) == -1 ? 1 : 0)' "$@"; }
cd /state
