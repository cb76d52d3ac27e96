# Starting a sandbox from a warm runner. Each takes milliseconds, so there are ten times as many rounds.
silently dotnet build "$here/SandboxStart" -c Release "${quiet[@]}"
times=$(dotnet "$root/artifacts/bin/SandboxStart/release/SandboxStart.dll" "$root/artifacts/init/linux-x64/capsule-init" $((rounds * 10)))
report "cell opened, /bin/true, closed / bubblewrap by hand" $times
