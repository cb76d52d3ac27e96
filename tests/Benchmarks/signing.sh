# What signatures cost: our ML-DSA against OpenSSL 3.5, in Debian trixie as build/peers fetches it, with the messages of CCTV.
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

# A package of 10 MB with five signatures from three roles, against five calls of openssl over the same bytes.
mkdir -p "$work/signed/public" "$work/home"
head -c 10000000 /dev/urandom >"$work/signed/public/data"
printf 'schema_version = "0.2"\nname = "signed"\nversion = "1.0.0"\ntype = "app"\ndefault_target = "web"\n\n[targets.web]\nruntime = "web"\ndriver = "static"\nentrypoint = "public"\nport = 8080\n' >"$work/signed/capsule.toml"
echo '<!doctype html>' >"$work/signed/public/index.html"
export BENCHMARK_PASSPHRASE='correct horse battery staple'
named=()
for key in release=a:ecdsa-p256 release=b:ml-dsa-65 security=c:ed25519 security=d:ecdsa-p256 legal=e:ml-dsa-87; do
  id=${key#*=}
  silently $capsule key new "${id%:*}" --algorithm "${id#*:}" --passphrase-variable BENCHMARK_PASSPHRASE
  named+=(--key "${key%:*}")
done
silently $capsule pack "$work/signed" --publisher bench --output "$work/signed-out" "${named[@]}" --passphrase-variable BENCHMARK_PASSPHRASE
{
  echo 'version = 1'
  for key in a:ecdsa-p256 b:ml-dsa-65 c:ed25519 d:ecdsa-p256 e:ml-dsa-87; do
    printf '[signers.%s]\npurpose = "release"\nkeys = [{ algorithm = "%s", file = "keys/%s.pub" }]\n' "${key%:*}" "${key#*:}" "${key%:*}"
  done
  printf '[[scope]]\nmatch = "bench/*"\nroles.release = { signers = ["a", "b"], threshold = 2 }\nroles.security = { signers = ["c", "d"], threshold = 2 }\nroles.legal = { signers = ["e"], threshold = 1 }\nrequire = ["release", "security", "legal"]\n'
} >"$work/home/trust.toml"
openssl ecparam -name prime256v1 -genkey -noout -out "$work/openssl.key"
openssl ec -in "$work/openssl.key" -pubout -out "$work/openssl.pub" 2>"$work/log"
openssl dgst -sha256 -sign "$work/openssl.key" -out "$work/openssl.sig" "$work/signed-out/bench.signed.1.0.0.nupkg"
{
  echo '#!/bin/sh -e'
  for _ in 1 2 3 4 5; do
    printf 'openssl dgst -sha256 -verify %s -signature %s %s\n' "$work/openssl.pub" "$work/openssl.sig" "$work/signed-out/bench.signed.1.0.0.nupkg"
  done
} >"$work/five"
chmod +x "$work/five"
compare "capsule verify, 10 MB, 5 signers, 3 roles / 5 x openssl dgst" "$capsule verify $work/signed-out/bench.signed.1.0.0.nupkg" "$work/five"
