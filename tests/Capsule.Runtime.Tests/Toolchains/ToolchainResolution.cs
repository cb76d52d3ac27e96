using System.Formats.Tar;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Toolchains;

[TestClass]
public class ToolchainResolution
{
    private const string Package = "@oven/bun-linux-x64";
    private static readonly byte[] Good = FakeRegistry.Archive(("package/bin/bun", "#!/bin/sh\necho bun\n"), ("package/package.json", "{}"));

    private readonly TemporaryFolder _folder = new();
    private FakeRegistry _registry = null!;

    [TestInitialize]
    public async Task Start() => _registry = await FakeRegistry.StartAsync();

    [TestCleanup]
    public async Task Stop()
    {
        await _registry.DisposeAsync();
        ReadOnlyTree.Remove(_folder["toolchains"]);
        _folder.Dispose();
    }

    [TestMethod]
    public async Task TakesTheNewestReleaseInTheRangeAndKeepsItReadOnly()
    {
        _registry.Serve(Package, "1.3.9", Good);
        var integrity = _registry.Serve(Package, "1.4.10", Good);
        _registry.Serve(Package, "1.4.9", Good);
        _registry.Serve(Package, "1.5.0-canary.1", Good);
        _registry.Serve(Package, "2.0.0", Good);

        var bun = Ok(await Resolver().ResolveAsync(new("bun", "^1.3"), default));

        Assert.AreEqual("1.4.10", bun.Version);
        Assert.AreEqual(integrity, bun.Integrity);
        Assert.AreEqual(ToolchainChoice.Newest, bun.Choice);
        Assert.AreEqual("#!/bin/sh\necho bun\n", await File.ReadAllTextAsync(Path.Combine(bun.Directory, bun.Program)));
        Assert.AreEqual("r-xr-xr-x", Mode(bun.Directory) + "", "the folder");
        Assert.AreEqual("r-xr-xr-x", Mode(Path.Combine(bun.Directory, bun.Program)), "the program");
        Assert.IsEmpty(Directory.GetFiles(_folder["cache"]), "no download is left behind");
    }

    [TestMethod]
    public async Task PrefersWhatIsHeldOverWhatIsNewer()
    {
        _registry.Serve(Package, "1.4.0", Good);
        Ok(await Resolver().ResolveAsync(new("bun"), default));
        _registry.Serve(Package, "1.5.0", Good);
        var asked = _registry.Asked;

        var bun = Ok(await Resolver().ResolveAsync(new("bun"), default));

        Assert.AreEqual("1.4.0", bun.Version);
        Assert.AreEqual(ToolchainChoice.Held, bun.Choice);
        Assert.AreEqual(asked, _registry.Asked, "the registry is not asked");
    }

    [TestMethod]
    public async Task PrefersTheLockOverWhatIsHeld()
    {
        _registry.Serve(Package, "1.4.0", Good);
        Ok(await Resolver().ResolveAsync(new("bun"), default));
        var integrity = _registry.Serve(Package, "1.2.0", FakeRegistry.Archive(("package/bin/bun", "old")));

        var bun = Ok(await Resolver().ResolveAsync(new("bun", "1.2.0", integrity), default));

        Assert.AreEqual("1.2.0", bun.Version);
        Assert.AreEqual(ToolchainChoice.Locked, bun.Choice);
        Assert.AreEqual(bun, Ok(await Resolver(offline: true).ResolveAsync(new("bun", "1.2.0", integrity), default)), "held afterwards, without a registry");
    }

    [TestMethod]
    public async Task RefusesAnArchiveThatIsNotTheLockedOne()
    {
        _registry.Serve(Package, "1.2.0", Good);
        var other = _registry.Serve("other", "1.0.0", FakeRegistry.Archive(("package/bin/bun", "another")));

        var refused = Fails("CAP5206", await Resolver().ResolveAsync(new("bun", "1.2.0", other), default));

        Assert.AreEqual(ExitCode.Refused, refused.Kind.Exit);
        Assert.IsFalse(Directory.Exists(_folder["toolchains", "bun"]), "nothing was unpacked");
    }

    [TestMethod]
    public async Task RefusesAnArchiveThatTheRegistryItselfMisdescribes()
    {
        _registry.Serve(Package, "1.2.0", Good, "sha512-" + Convert.ToBase64String(new byte[64]));
        Fails("CAP5206", await Resolver().ResolveAsync(new("bun"), default));
    }

    [TestMethod]
    public async Task RefusesAnArchiveThatNobodyVouchesFor()
    {
        _registry.Serve(Package, "1.2.0", Good, "");
        Fails("CAP5207", await Resolver().ResolveAsync(new("bun"), default));
    }

    [TestMethod]
    public async Task SaysWhenTheArchiveStopsHalfway()
    {
        _registry.Serve(Package, "1.2.0", Good);
        _registry.Truncates = true;
        Fails("CAP5204", await Resolver().ResolveAsync(new("bun"), default));
    }

    [TestMethod]
    public async Task SaysWhenTheRegistryHangs()
    {
        _registry.Hangs = true;
        var hung = Fails("CAP5204", await Resolver(patience: 0.3).ResolveAsync(new("bun"), default));
        StringAssert.Contains(hung.Message, "no answer within 0.3 s");
    }

    [TestMethod]
    public async Task SaysWhenTheRegistryDoesNotHaveIt() =>
        StringAssert.Contains(Fails("CAP5204", await Resolver().ResolveAsync(new("bun"), default)).Message, "404");

    [TestMethod]
    public async Task SaysWhenTheAnswerIsNotARegistrys()
    {
        _registry.RawAnswer = "<html>";
        Fails("CAP5209", await Resolver().ResolveAsync(new("bun"), default));
    }

    [TestMethod]
    public async Task SaysWhenNoServedVersionFits()
    {
        _registry.Serve(Package, "1.2.0", Good);
        Fails("CAP5205", await Resolver().ResolveAsync(new("bun", "^9"), default));
    }

    [TestMethod]
    public async Task NamesTheSettingWhenNoRegistryIsConfigured()
    {
        var missing = Fails("CAP5203", await Resolver(offline: true).ResolveAsync(new("bun"), default));
        StringAssert.Contains(missing.Hint, "npm_config_registry");
        Assert.AreEqual(ExitCode.Network, missing.Kind.Exit);
    }

    [TestMethod]
    [DataRow("deno9", null, null, "CAP5200")]
    [DataRow("bun", "new est", null, "CAP5202")]
    [DataRow("bun", "1", "sha512-AAAA", "CAP5202")]
    [DataRow("bun", "1.0.0", "sha1-AAAA", "CAP5211")]
    public async Task RefusesWishesThatMakeNoSense(string name, string? version, string? integrity, string code) =>
        Fails(code, await Resolver().ResolveAsync(new(name, version, integrity), default));

    [TestMethod]
    public async Task SaysWhichPlatformsHaveTheTool()
    {
        var resolver = new ToolchainResolver(new CapsuleHome(_folder.Path)) { Platform = new("sunos", "x64") };
        var none = Fails("CAP5201", await resolver.ResolveAsync(new("bun"), default));
        StringAssert.Contains(none.Hint, "linux-x64");
    }

    [TestMethod]
    [DataRow("../escape")]
    [DataRow("package/../../escape")]
    [DataRow("/etc/escape")]
    [DataRow("package/a\\b")]
    public async Task RefusesPathsThatLeaveTheFolder(string path)
    {
        _registry.Serve(Package, "1.0.0", FakeRegistry.Archive((path, "x"), ("package/bin/bun", "x")));
        Fails("CAP5208", await Resolver().ResolveAsync(new("bun"), default));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder["toolchains", "bun"]), "nothing stays");
    }

    [TestMethod]
    public async Task RefusesLinksInAnArchive()
    {
        var link = new PaxTarEntry(TarEntryType.SymbolicLink, "package/bin/bun") { LinkName = "/bin/sh" };
        _registry.Serve(Package, "1.0.0", FakeRegistry.Archive([link]));
        Fails("CAP5208", await Resolver().ResolveAsync(new("bun"), default));
    }

    [TestMethod]
    public async Task RefusesAnArchiveWithoutTheProgram()
    {
        _registry.Serve(Package, "1.0.0", FakeRegistry.Archive(("package/readme", "x")));
        StringAssert.Contains(Fails("CAP5208", await Resolver().ResolveAsync(new("bun"), default)).Message, "bin/bun");
    }

    [TestMethod]
    public async Task SaysWhenTheFolderCannotBeWritten()
    {
        _registry.Serve(Package, "1.0.0", Good);
        Directory.CreateDirectory(_folder["toolchains"]);
        _folder.Write("toolchains/bun", "a file where the folder should be");
        Fails("CAP5210", await Resolver().ResolveAsync(new("bun"), default));
    }

    [TestMethod]
    public async Task FetchesOnceWhenManyAskAtTheSameTime()
    {
        _registry.Serve(Package, "1.0.0", Good);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Resolver().ResolveAsync(new("bun"), default))));
        Assert.AreEqual(1, all.Select(r => Ok(r).Directory).Distinct().Count());
        Assert.AreEqual(2, _registry.Asked, "one list, one archive");
    }

    [TestMethod]
    public async Task SweepsWhatAKilledFetchLeft()
    {
        _registry.Serve(Package, "1.0.0", Good);
        _folder.Write("toolchains/bun/.unfinished-1/bin/bun", "half");
        Ok(await Resolver().ResolveAsync(new("bun"), default));
        Assert.IsFalse(Directory.Exists(_folder["toolchains", "bun", ".unfinished-1"]));
    }

    [TestMethod]
    public async Task PinsWithoutFetching()
    {
        var integrity = _registry.Serve(Package, "1.0.0", Good);
        var pin = (await Resolver().PinAsync(new("bun", "1"), default)).Value;
        Assert.AreEqual(new ToolchainPlan("bun", "1.0.0", integrity), pin);
        Assert.AreEqual(1, _registry.Asked);
    }

    [TestMethod]
    public async Task SendsTheTokenToItsRegistryOnly()
    {
        _registry.Serve(Package, "1.0.0", Good);
        var npmrc = _folder.Write("npmrc", $"//{_registry.Address.Authority}/:_authToken=${{MY_TOKEN}}\n//elsewhere/:_authToken=other\n");
        var settings = _registry.Settings(("npm_config_userconfig", npmrc), ("MY_TOKEN", "marker"));
        Ok(await new ToolchainResolver(new CapsuleHome(_folder.Path)) { Settings = settings, Platform = new("linux", "x64") }.ResolveAsync(new("bun"), default));
        Assert.AreEqual("Bearer marker", _registry.Token);
        Assert.IsNull(settings.TokenFor(new Uri("http://third/")));
    }

    [TestMethod]
    [TestCategory("needs-network")]
    public async Task RunsARealBunFromTheConfiguredRegistry()
    {
        var bun = Ok(await new ToolchainResolver(RealToolchains.Home).ResolveAsync(new("bun"), default));
        var said = await Command.RunAsync(Path.Combine(bun.Directory, bun.Program), ["--version"]);
        Assert.AreEqual(bun.Version, said.Output.Trim());
    }

    private static string Mode(string path)
    {
        var mode = (int)File.GetUnixFileMode(path);
        return string.Concat(Enumerable.Range(0, 9).Select(i => (mode & (1 << (8 - i))) != 0 ? "rwx"[i % 3] : '-'));
    }

    private static Toolchain Ok(Result<Toolchain> result)
    {
        Assert.IsTrue(result.Succeeded, string.Join('\n', result.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
        return result.Value;
    }

    private static Diagnostic Fails<T>(string code, Result<T> result)
        where T : class
    {
        Assert.AreEqual(code, result.Diagnostics.Single().Code, result.Diagnostics.Single().Message);
        Assert.AreNotEqual("", result.Diagnostics.Single().Hint);
        return result.Diagnostics.Single();
    }

    private ToolchainResolver Resolver(bool offline = false, double patience = 20) => new(new CapsuleHome(_folder.Path))
    {
        Settings = offline ? NpmSettings.Read(new Dictionary<string, string>(), "/nonexistent", []) : _registry.Settings(),
        Patience = TimeSpan.FromSeconds(patience),
        Platform = new("linux", "x64"),
    };
}
