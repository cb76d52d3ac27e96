# What a warm runner costs: starting cells, serving from them, reaching out of them, holding many, starting many in order.
silently dotnet build "$here/Cells" -c Release "${quiet[@]}"
mkdir -p "$CAPSULE_HOME"
[ "$(id -u)" != 0 ] || printf '[sandbox]\nuid_range = "310200-310399"\n' >"$CAPSULE_HOME/config.toml"
for part in start ready serving reaching memory order; do
  timeout --foreground -k 10 300 dotnet "$root/artifacts/bin/Cells/release/Capsule.Benchmarks.Cells.dll" "$part" "$root/artifacts/init/linux-x64/capsule-init" "$CAPSULE_HOME" "$rounds" \
    "$root/artifacts/sdk/runner/capsule.dll"
done
