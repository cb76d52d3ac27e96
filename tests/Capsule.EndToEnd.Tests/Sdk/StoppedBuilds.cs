using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A build that is stopped while it writes leaves no half of a file, and the next one is right.</summary>
[TestClass]
public partial class StoppedBuilds
{
    private const int Interrupt = 2;

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Stops the build by a signal.")]
    public async Task LeaveNothingHalfWritten()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build()).Succeeds();
        var before = await File.ReadAllBytesAsync(site["obj", "Debug", "StaticSite.capsule"]);
        await using (var large = File.Create(site["site", "large.bin"]))
        {
            // Holes only: nothing on the disk, seconds to read, compress and hash.
            large.SetLength(1L << 30);
        }

        await StopWhileWriting(site, build => Assert.AreEqual(0, Send(build.Id, Interrupt)));
        Assert.IsEmpty(Unfinished(site), "An interrupted build cleans up.");
        await AssertUntouched(site, before);

        await StopWhileWriting(site, build => build.Kill(entireProcessTree: true));
        await AssertUntouched(site, before);

        await File.WriteAllTextAsync(site["site", "large.bin"], "small after all");
        (await site.Rebuild()).Runs("_CapsuleValidate", "_CapsuleAssemble");
        Assert.IsEmpty(Unfinished(site), "The next build removes what a killed one was writing.");
        CollectionAssert.Contains(await site.PackedAsync(), "site/large.bin");
        Assert.IsTrue(await site.IsUpToDateAsync());
    }

    private static string[] Unfinished(Scenario site) => Directory.GetFiles(site["obj", "Debug"], "*.tmp");

    private static async Task AssertUntouched(Scenario site, byte[] before)
    {
        CollectionAssert.AreEqual(before, await File.ReadAllBytesAsync(site["obj", "Debug", "StaticSite.capsule"]));
        CollectionAssert.AreEqual(before, await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]));
    }

    private static async Task StopWhileWriting(Scenario site, Action<Process> stop)
    {
        var earlier = Unfinished(site).ToHashSet();
        using var build = site.Start("build", "--no-restore", "--nologo", "-v:q");
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (Unfinished(site).All(earlier.Contains))
            {
                Assert.IsFalse(build.HasExited, "The build ended before it could be stopped.");
                await Task.Delay(5, limit.Token);
            }

            stop(build);
            await build.WaitForExitAsync(limit.Token);
            Assert.AreNotEqual(0, build.ExitCode);
        }
        finally
        {
            if (!build.HasExited)
            {
                build.Kill(entireProcessTree: true);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
