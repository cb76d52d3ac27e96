# Each line of the other files is one attack: a name, then a program that ends with 0 only when it got what it wanted.
# HOST_PID is a process outside, HOST_FILE a secret file outside, HOST_FOLDER its folder, HOST_SOCKET a socket's path and
# name outside, HOST_PORT a port that listens on the host's loopback. /app is a read-only tree, /state a writable folder.
# "call" is perl with a system call's number and arguments.
attempt() {
  name=$1; shift
  if [ "$1" = call ]; then
    shift
    set -- perl -e 'exit(syscall(shift, map { /^0x/ ? hex : $_ + 0 } @ARGV) == -1 ? 1 : 0)' "$@"
  fi
  if timeout -k 1 5 "$@" >/dev/null 2>&1 </dev/null; then echo "ESCAPED $name"; else echo "denied $name"; fi
}
cd /state
