# Packing 10,000 files of 1 KiB that do not compress, at the same level and with the same threads.
mkdir -p "$work/many/public"
head -c 10240000 /dev/urandom | split -b 1024 -a 5 -d - "$work/many/public/f"
cat >"$work/many/capsule.toml" <<'TOML'
schema_version = "0.2"
name = "many"
version = "1.0.0"
type = "app"
default_target = "web"

[targets.web]
runtime = "web"
driver = "static"
entrypoint = "public"
port = 8080
TOML
echo '<!doctype html>' >"$work/many/public/index.html"
threads=$(nproc)
[ "$threads" -le 8 ] || threads=8
printf '#!/bin/sh\ntar -C %s -cf - . | zstd -q -f -9 -T%s -o %s\n' "$work/many" "$threads" "$work/many.tar.zst" >"$work/peer"
chmod +x "$work/peer"
compare "capsule pack, 10,000 files, cold / tar | zstd" "$capsule pack $work/many --publisher bench --output $work/out" "$work/peer" "rm -rf $work/out $work/many.tar.zst"
