# What a signature costs: our ML-DSA against OpenSSL 3.5, in Debian trixie as build/peers fetches it, with the messages of CCTV.
vectors=${CAPSULE_VECTORS:-$root/../shared/vectors}
if [ ! -d "$vectors/cctv" ]; then
  echo "benchmarks: the part 'signing' is left out: CAPSULE_VECTORS names no folder with cctv" >&2
else
  "$root/build/peers" >&2
  silently dotnet build "$here/Signing" -c Release "${quiet[@]}"
  trixie=$root/artifacts/peers/trixie
  dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
  timeout --foreground -k 10 300 bwrap --unshare-all --die-with-parent --tmpfs / --ro-bind "$trixie/usr" /usr --ro-bind "$trixie/etc" /etc \
    --symlink usr/lib /lib --symlink usr/lib64 /lib64 --dev /dev --proc /proc --tmpfs /tmp --ro-bind "$dotnet_root" /dotnet \
    --ro-bind "$root/artifacts/bin/Signing/release" /bench --ro-bind "$vectors/cctv" /cctv --setenv DOTNET_ROOT /dotnet --setenv HOME /tmp \
    /dotnet/dotnet /bench/Capsule.Benchmarks.Signing.dll /cctv "$rounds"
fi
