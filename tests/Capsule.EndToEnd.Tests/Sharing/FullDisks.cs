using Capsule.EndToEnd.Tests.Cli;
using Capsule.EndToEnd.Tests.Running;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sharing;

/// <summary>A disk that fills up, and networks and programs that stop, while a package is on its way.</summary>
[TestClass]
public sealed class FullDisks
{
    [TestMethod]
    public async Task EndPackingWithOneErrorAndNoFile()
    {
        using var release = await Release.StartAsync();
        Fill(release);
        Directory.CreateDirectory(release.Author["disk"]);

        var run = await OnSmallDiskAsync(release.Author, release.Author["disk"], "pack", "site", "--publisher", "acme", "-o", release.Author["disk"]);

        Assert.AreEqual(1, run.ExitCode, run.All);
        CollectionAssert.AreEqual(new[] { "CAP2117" }, run.Errors().ToArray(), run.All);
        Assert.AreEqual("left:\n", run.Output, "nothing is left on the disk");
    }

    [TestMethod]
    public async Task EndInstallingWithOneErrorAndNoFile()
    {
        using var release = await Release.StartAsync();
        Fill(release);
        await release.PackAsync("1.0.0", "hello", "acme");
        await release.Author.DoAsync("publish", release.Package("1.0.0"), "--feed", release.Feed);
        await release.TrustAsync();
        var store = Directory.CreateDirectory(Path.Combine(release.Consumer.Home, "store")).FullName;

        var run = await OnSmallDiskAsync(release.Consumer, store, "install", "acme/site", "--feed", release.Feed);

        Assert.AreEqual(1, run.ExitCode, run.All);
        Assert.HasCount(1, run.Errors(), run.All);
        StringAssert.Matches(run.Errors()[0], new("CAP4104|CAP2117"));
        Assert.AreEqual("left:\n", run.Output, "nothing is left in the store");
        await release.Consumer.DoAsync("install", "acme/site", "--feed", release.Feed);
    }

    [TestMethod]
    public async Task OrAFeedThatDoesNotAnswerLeaveTheStoreAsItWas()
    {
        using var release = await Release.StartAsync();
        await release.TrustAsync();

        await release.Consumer.RefusesAsync(3, "CAP4002", "install", "acme/site", "--feed", "http://127.0.0.1:9/v3/index.json");
        await release.PackAsync();
        await release.Author.RefusesAsync(3, "CAP4002", "publish", release.Package("1.0.0"), "--feed", "http://127.0.0.1:9/v3/index.json");

        Assert.IsEmpty(release.Stored.Where(e => e != ".incoming"));
    }

    [TestMethod]
    [DataRow(LiveProgram.Interrupt, 130)]
    [DataRow(LiveProgram.Terminate, 143)]
    [DataRow(LiveProgram.Kill, 137)]
    public async Task OrASignalWhilePackingLeaveNoHalfPackage(int signal, int exit)
    {
        using var release = await Release.StartAsync();
        Fill(release, megabytes: 96);
        var output = Directory.CreateDirectory(release.Author["out"]).FullName;
        using var packing = release.Author.Start("pack", "site", "--publisher", "acme", "-o", output);
        await UntilAsync(packing, () => Release.Listing(output).Count > 0);

        packing.Signal(signal);
        var end = await packing.EndAsync();

        Assert.AreEqual(exit, end.ExitCode, end.All);
        Assert.IsFalse(File.Exists(Path.Combine(output, "site.capsule")) && new FileInfo(Path.Combine(output, "site.capsule")).Length < 90 << 20, "a name means a whole file");
        if (signal != LiveProgram.Kill)
        {
            Assert.IsEmpty(Release.Listing(output).Where(f => Path.GetExtension(f) is not (".capsule" or ".nupkg")), string.Join(", ", Release.Listing(output)));
        }
    }

    [TestMethod]
    [DataRow(LiveProgram.Interrupt, 130)]
    [DataRow(LiveProgram.Terminate, 143)]
    [DataRow(LiveProgram.Kill, 137)]
    public async Task OrASignalWhileInstallingLeaveTheStoreAsItWas(int signal, int exit)
    {
        using var release = await Release.StartAsync();
        Fill(release, megabytes: 96);
        await release.PackAsync("1.0.0", "hello", "acme");
        await release.Author.DoAsync("publish", release.Package("1.0.0"), "--feed", release.Feed);
        await release.TrustAsync();
        using var installing = release.Consumer.Start("install", "acme/site", "--feed", release.Feed);
        await UntilAsync(installing, () => release.Stored.Any(f => f.Contains("scratch/", StringComparison.Ordinal)));

        installing.Signal(signal);
        var end = await installing.EndAsync();

        Assert.AreEqual(exit, end.ExitCode, end.All);
        Assert.AreEqual("", await release.Consumer.DoAsync("list"));
        if (signal != LiveProgram.Kill)
        {
            Assert.IsEmpty(release.Stored.Where(e => e != ".incoming"), string.Join(", ", release.Stored));
        }

        await release.Consumer.DoAsync("install", "acme/site", "--feed", release.Feed);
        Assert.IsEmpty(Release.Listing(Path.Combine(release.Consumer.Home, "store", ".incoming")), "the next one swept");
    }

    /// <summary>Bytes that do not compress.</summary>
    private static void Fill(Release release, int megabytes = 4)
    {
        release.Author.Write("site/capsule.toml", Programs.Site());
        release.Author.Write("site/site/index.html", "<!doctype html>");
        var bytes = new byte[megabytes << 20];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(release.Author["site", "site", "film.bin"], bytes);
    }

    private static Task<Command> OnSmallDiskAsync(CapsuleProgram capsule, string folder, params string[] arguments) =>
        Command.RunAsync(
            "unshare",
            [
                .. Namespaces.Mount, "sh", "-c", "mount -t tmpfs -o size=2m none \"$0\" && dotnet \"$@\"; code=$?; echo left:; find \"$0\" -type f; exit $code",
                folder, CapsuleProgram.Program, .. arguments,
            ],
            capsule.Folder,
            capsule.Variables());

    private static async Task UntilAsync(LiveProgram program, Func<bool> holds)
    {
        for (var end = DateTime.UtcNow.AddSeconds(30); !holds(); await Task.Delay(1))
        {
            Assert.IsFalse(program.HasEnded, $"It ended too early:\n{program.All}");
            Assert.IsLessThan(end, DateTime.UtcNow, program.All);
        }
    }
}
