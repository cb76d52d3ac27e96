# Building with nothing to do: static sites outside of the tree, and projects of the smallest SDK.
export NUGET_PACKAGES=$work/packages

# projects FOLDER COUNT: a solution of static sites in FOLDER/ours, one of projects that do nothing in FOLDER/peer, both built.
projects() {
  local kind name number
  mkdir -p "$1/ours" "$1/peer"
  for kind in ours peer; do echo '<Solution>' >"$1/$kind/all.slnx"; done
  for number in $(seq "$2"); do
    name=site$number
    cp -r "$root/samples/static-site" "$1/ours/$name"
    sed -i "s:^name = .*:name = \"$name\":" "$1/ours/$name/capsule.toml"
    mv "$1/ours/$name/StaticSite.capproj" "$1/ours/$name/$name.capproj"
    mkdir "$1/peer/$name"
    echo '<Project Sdk="Microsoft.Build.NoTargets/3.7.0"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>' >"$1/peer/$name/$name.csproj"
    echo "  <Project Path=\"$name/$name.capproj\" Type=\"C#\" />" >>"$1/ours/all.slnx"
    echo "  <Project Path=\"$name/$name.csproj\" />" >>"$1/peer/all.slnx"
  done
  for kind in ours peer; do
    echo '</Solution>' >>"$1/$kind/all.slnx"
    silently dotnet build "$1/$kind/all.slnx" -m:2 "${quiet[@]}"
  done
}

again=(--no-restore "${quiet[@]}")
projects "$work/one" 1
projects "$work/sixty" 60
compare "no-op build / Microsoft.Build.NoTargets" \
  "dotnet build $work/one/ours/all.slnx ${again[*]}" "dotnet build $work/one/peer/all.slnx ${again[*]}"
compare "no-op build of 60 projects / 60 of NoTargets" \
  "dotnet build $work/sixty/ours/all.slnx -m:2 ${again[*]}" "dotnet build $work/sixty/peer/all.slnx -m:2 ${again[*]}"

# targets COUNT SOLUTION: milliseconds of a no-op build in our targets, tasks included, and in all, by its binary log and for each project.
targets() {
  silently dotnet build "$2" -m:1 "${again[@]}" -bl:"$work/noop.binlog" || return
  dotnet msbuild "$work/noop.binlog" -nologo -tl:off -v:n -clp:PerformanceSummary | awk -v count="$1" '
    /Performance Summary:/ { targets = /^Target/ }
    # Build of a solution waits for its projects.
    targets && $2 == "ms" && $3 != "Build" { all += $1; if ($3 ~ /^_?Capsule/) ours += $1 }
    END { print ours / count, all / count }'
}

# ours_of_all NAME COUNT SOLUTION
ours_of_all() {
  local ours=() all=() one other
  for _ in $(seq "$rounds"); do
    read -r one other < <(targets "$2" "$3")
    ours+=("$one"); all+=("$other")
  done
  report "$1" "$(median "${ours[@]}")" "$(median "${all[@]}")"
}
ours_of_all "our targets in that no-op build / all targets, one project" 1 "$work/one/ours/all.slnx"
ours_of_all "our targets in that no-op build / all, for each of 60" 60 "$work/sixty/ours/all.slnx"
