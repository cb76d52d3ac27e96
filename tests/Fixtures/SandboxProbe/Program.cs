using System.Runtime.Versioning;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

[assembly: SupportedOSPlatform("linux")]

// SandboxProbe INIT LEASES [hold | calls]: a runner of its own. Prints the code of the refusal, or runs a program in a cell and prints
// what that printed; with "hold" it leaves two programs running and waits to be killed; with "calls" it says whether refused calls
// are seen, and the errors of two.
var options = new SandboxOptions { InitPath = args[0], LeaseFolder = args[1], UidRange = new UidRange(61000, 61099) };
var script = args.ElementAtOrDefault(2) switch
{
    "hold" => "trap '' TERM HUP INT; setsid sleep 1000 & echo held; sleep 1000",
    "calls" => "perl -e 'syscall(101, 0, 0, 0, 0); print $!+0, \" \"; socket(S, 2, 1, 0); print $!+0, \"\\n\"'",
    _ => "echo user $(id -u); echo descriptors $(ls /proc/self/fd)",
};
await using var sandbox = new BubblewrapSandbox(options);
var opened = await sandbox.OpenAsync(new CellRequest { Name = "probe", Mounts = [] }, CancellationToken.None);
if (!opened.Succeeded)
{
    Console.WriteLine(string.Join('\n', opened.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
    return 1;
}

var started = await opened.Value.StartAsync(
    new CellProcessRequest
    {
        Name = "probe",
        Argv = ["/bin/sh", "-c", script],
        Cwd = "/",
        Env = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        Network = NetworkMode.None,
    },
    CancellationToken.None);
if (!started.Succeeded)
{
    Console.WriteLine(string.Join('\n', started.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
    return 1;
}

if (args.ElementAtOrDefault(2) == "calls")
{
    Console.Write($"{opened.Value.Enforcement.RefusedCalls}: ");
}

await started.Value.Output.CopyToAsync(Console.OpenStandardOutput());
return await started.Value.Exited;
