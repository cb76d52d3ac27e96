using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A machine that cannot confine starts nothing, and says why.</summary>
[TestClass]
public sealed class RefusingToStart
{
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    [TestMethod]
    public async Task WithoutAGpuThatIsToBeGiven()
    {
        using var capsule = new CapsuleProgram();
        capsule.Write("app/capsule.toml", Programs.Native("never.sh"));
        capsule.Write("app/never.sh", "#!/bin/sh\necho started\n");
        var run = await Command.RunAsync("unshare", [.. Namespaces.Mount, "sh", "-c", "mount -t tmpfs none /dev/dri 2>/dev/null; exec \"$0\" \"$@\"", Dotnet, CapsuleProgram.Program, "run", "app", "--gpu"], capsule.Folder, capsule.Variables());
        run.Refused(7, "CAP5160");
        await NothingStartedAsync(capsule, run);
    }

    [TestMethod]
    public async Task WithoutBubblewrap()
    {
        using var capsule = await KitAsync();
        var run = await Command.RunAsync("unshare", [.. Namespaces.Mount, "sh", "-c", "mount -t tmpfs none /usr/bin && exec \"$0\" \"$@\"", Dotnet, CapsuleProgram.Program, "run", "kit", "--port", "0"], capsule.Folder, capsule.Variables());

        run.Refused(7, "CAP5101");
        StringAssert.Contains(run.Error, "apt install bubblewrap");
        await NothingStartedAsync(capsule, run);
    }

    [TestMethod]
    [DataRow(1, "CAP5104", DisplayName = "forbidden (EPERM)")]
    [DataRow(28, "CAP5105", DisplayName = "used up (ENOSPC)")]
    public async Task WithoutUserNamespaces(int errno, string code)
    {
        // A filter that answers clone and unshare with CLONE_NEWUSER as such machines do, then the program below it.
        const string Filter =
            """
            my ($errno, @command) = @ARGV;
            my $filter = join '', map { pack 'SCCL', @$_ } (
                [0x20, 0, 0, 0], [0x15, 1, 0, 56], [0x15, 0, 3, 272], [0x20, 0, 0, 16], [0x45, 0, 1, 0x10000000], [6, 0, 0, 0x50000 | $errno], [6, 0, 0, 0x7fff0000]);
            syscall(157, 38, 1, 0, 0, 0) == 0 or die $!;
            my $program = pack 'Sx6Q', length($filter) / 8, unpack('Q', pack('P', $filter));
            syscall(317, 1, 0, $program) == 0 or die $!;
            exec @command;
            """;
        using var capsule = await KitAsync();
        var number = errno.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var run = await Command.RunAsync("/usr/bin/perl", ["-e", Filter, number, "dotnet", CapsuleProgram.Program, "run", "kit", "--port", "0"], capsule.Folder, capsule.Variables());

        run.Refused(7, code);
        await NothingStartedAsync(capsule, run);
    }

    private static async Task NothingStartedAsync(CapsuleProgram capsule, Command run)
    {
        Assert.HasCount(1, run.Errors(), run.All);
        Assert.IsFalse(run.Error.Contains("hello/", StringComparison.Ordinal), run.Error);
        Assert.AreEqual("", await capsule.DoAsync("ps"));
        Assert.IsFalse(Directory.Exists(Path.Combine(capsule.Home, "toolchains")), "nothing was fetched");
    }

    private static Task<CapsuleProgram> KitAsync()
    {
        var capsule = new CapsuleProgram();
        capsule.Write("kit/capability.yml", Programs.Kit());
        capsule.Write("kit/workloads/hello/index.ts", Programs.Probe);
        return Task.FromResult(capsule);
    }
}
