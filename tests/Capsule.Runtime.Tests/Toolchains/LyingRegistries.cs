using System.Net;
using System.Net.Http;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Toolchains;

/// <summary>A registry that leads elsewhere, sends too much, or says one thing and serves another: nothing of it is kept.</summary>
[TestClass]
public sealed class LyingRegistries
{
    private const string Package = "@oven/bun-linux-x64";
    private static readonly byte[] Good = FakeRegistry.Archive(("package/bin/bun", "good"));

    private readonly TemporaryFolder _folder = new();
    private FakeRegistry _registry = null!;
    private FakeRegistry _inside = null!;

    [TestInitialize]
    public async Task Start() => (_registry, _inside) = (await FakeRegistry.StartAsync(), await FakeRegistry.StartAsync());

    [TestCleanup]
    public async Task Stop()
    {
        await _registry.DisposeAsync();
        await _inside.DisposeAsync();
        ReadOnlyTree.Remove(_folder["toolchains"]);
        _folder.Dispose();
    }

    [TestMethod]
    [DataRow(false, DisplayName = "by a redirect")]
    [DataRow(true, DisplayName = "by its documents")]
    public async Task LeadNobodyIntoTheOwnNetwork(bool byDocument)
    {
        _registry.Serve(Package, "1.0.0", Good);
        _inside.Serve(Package, "1.0.0", Good);
        (_registry.Tarballs, _registry.Redirect) = byDocument ? (_inside.Address, null) : ((Uri?)null, (Uri?)_inside.Address);

        var refused = await RefusedAsync("CAP5213", _registry.Settings());

        StringAssert.Contains(refused.Message, $"127.0.0.1:{_inside.Address.Port}");
        StringAssert.Contains(refused.Message, "loopback");
        Assert.AreEqual(ExitCode.Refused, refused.Kind.Exit);
        Assert.AreEqual(0, _inside.Asked, "nobody was asked there");
    }

    [TestMethod]
    public async Task MayLeadToAnotherRegistryOfTheUsers()
    {
        _registry.Serve(Package, "1.0.0", Good);
        _inside.Serve(Package, "1.0.0", Good);
        _registry.Redirect = _inside.Address;
        var held = await Resolver(_registry.Settings(("npm_config_@own:registry", _inside.Address.ToString()))).ResolveAsync(new("bun"), default);
        Assert.IsTrue(held.Succeeded, string.Join("; ", held.Diagnostics.Select(d => d.Message)));
    }

    [TestMethod]
    public async Task ThatServeAnotherArchiveThanTheyListAreRefusedAndNothingStays()
    {
        var listed = _inside.Serve(Package, "1.0.0", Good);
        _registry.Serve(Package, "1.0.0", FakeRegistry.Archive(("package/bin/bun", "evil")), listed);
        var refused = await RefusedAsync("CAP5206", _registry.Settings());
        StringAssert.Contains(refused.Message, listed);
        Assert.IsEmpty(Directory.GetFiles(_folder["cache"]), "no download is left behind");
        Assert.IsFalse(Directory.Exists(_folder["toolchains", "bun"]), "nothing was unpacked");
    }

    [TestMethod]
    public async Task ThatSendWithoutEndAreCutOff()
    {
        _registry.Serve(Package, "1.0.0", Good);
        using var registry = new NpmRegistry(_registry.Settings(), TimeSpan.FromSeconds(20)) { LargestArchive = Good.Length - 1 };
        var version = (await registry.VersionsAsync(Package, default)).Single();
        using var received = new MemoryStream();
        var refused = await Assert.ThrowsExactlyAsync<RefusedException>(() => registry.DownloadAsync(Package, version, received, default));
        Assert.AreEqual("CAP5209", refused.Diagnostic.Code);
        StringAssert.Contains(refused.Diagnostic.Message, "it is larger than");
    }

    [TestMethod]
    public async Task BehindTheUsersOwnProxyAreReachedThroughIt()
    {
        // The proxy is on loopback, as a company's is in its own network; that is the user's choice and none of the registry's.
        _inside.Serve(Package, "1.0.0", Good);
        var connections = new RegistryConnections(NpmSettings.Read(new Dictionary<string, string>(), "/nonexistent", []), new WebProxy(_inside.Address));
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = connections.OpenAsync, Proxy = new WebProxy(_inside.Address) });
        StringAssert.Contains(await client.GetStringAsync(new Uri("http://registry.test/" + Package)), "1.0.0");
    }

    private async Task<Diagnostic> RefusedAsync(string code, NpmSettings settings)
    {
        var refused = (await Resolver(settings).ResolveAsync(new ToolchainPlan("bun"), default)).Diagnostics.Single();
        Assert.AreEqual(code, refused.Code, refused.Message);
        Assert.AreNotEqual("", refused.Hint);
        return refused;
    }

    private ToolchainResolver Resolver(NpmSettings settings) => new(new CapsuleHome(_folder.Path)) { Settings = settings, Platform = new("linux", "x64") };
}
