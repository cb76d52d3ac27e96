# Starting: the same runtime, nothing but a line on the console.
mkdir "$work/hello"
cat >"$work/hello/hello.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <InvariantGlobalization>true</InvariantGlobalization>
    <UseAppHost>false</UseAppHost>
  </PropertyGroup>
</Project>
XML
echo 'System.Console.WriteLine("hello");' >"$work/hello/Program.cs"
silently dotnet publish "$work/hello" -c Release -o "$work/bare" "${quiet[@]}"
compare "capsule --version / bare .NET hello" "$capsule --version" "dotnet $work/bare/hello.dll"
compare "capsule validate / bare .NET hello" "$capsule validate $root/samples/hello-kit" "dotnet $work/bare/hello.dll"
