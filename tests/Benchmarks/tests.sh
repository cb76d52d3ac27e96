# Ten cases of one Kit: by dotnet test, which looks first whether there is anything to build, and by the runner.
export NUGET_PACKAGES=$work/packages
cp -r "$root/samples/hello-kit" "$work/kit"
mkdir -p "$work/vstest" "$work/platform" "$CAPSULE_HOME"
echo '{ "test": { "runner": "Microsoft.Testing.Platform" } }' >"$work/platform/global.json"
{
  echo tests:
  for number in $(seq 10); do
    printf '  - {id: case-%s, kind: http, target: {exposed_path: /}, request: {method: POST, path: /api/count-words, json: {text: a b c}}, validations: $.body.words.eq(3)}\n' "$number"
  done
} >"$work/kit/capability-test.yml"
[ "$(id -u)" != 0 ] || printf '[sandbox]\nuid_range = "311000-311099"\n' >"$CAPSULE_HOME/config.toml"
silently dotnet build "$work/kit" "${quiet[@]}"

# The folder decides the mode: global.json is looked for there.
cd "$work/vstest"
compare "dotnet test of ten cases, VSTest mode / capsule test" "dotnet test $work/kit --no-restore" "$capsule test $work/kit"
cd "$work/platform"
compare "dotnet test of ten cases, platform mode / capsule test" "dotnet test --project $work/kit --no-restore" "$capsule test $work/kit"
