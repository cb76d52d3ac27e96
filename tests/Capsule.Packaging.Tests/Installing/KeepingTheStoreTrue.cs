using Capsule.Distribution.Store;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Installing;

[TestClass]
public sealed class KeepingTheStoreTrue : IDisposable
{
    private readonly InstallScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task TheSamePackageAgainIsNoError()
    {
        var package = await _scene.PackAsync();
        var feed = _scene.Feed("feed", package);

        Assert.IsTrue((await _scene.InstallAsync("acme/hello", package.Identity, feeds: feed)).Succeeded);
        Assert.IsTrue((await _scene.InstallAsync("acme/hello", package.Identity, feeds: feed)).Succeeded);
        Assert.HasCount(1, _scene.Store.List());
    }

    /// <summary>The machine's memory would refuse it first; the store does so where that memory is another's.</summary>
    [TestMethod]
    public async Task OtherContentUnderTheSameVersionIsRefused()
    {
        var (first, second) = (await _scene.PackAsync("first"), await _scene.PackAsync("second"));
        await _scene.InstallAsync("acme/hello", first.Identity, feeds: _scene.Feed("one", first));

        var other = await _scene.InstallAsync("acme/hello", second.Identity, home: "another", feeds: _scene.Feed("two", second));

        Assert.AreEqual("CAP4101", other.Diagnostics.Single().Code);
        Assert.AreEqual(5, (int)other.Exit);
        Assert.AreEqual(first.Identity, _scene.Store.Find(new("acme", "hello", "1.0.0")).Value!.Identity);
    }

    [TestMethod]
    public async Task AFileThatHoldsAnotherPackageIsRefused()
    {
        var package = await _scene.PackAsync();

        var installed = await _scene.InstallAsync("acme/other@1.0.0", package.Identity, file: package.Path);

        Assert.AreEqual("CAP4103", installed.Diagnostics.Single().Code);
        Assert.AreEqual(5, (int)installed.Exit);
        Assert.IsEmpty(_scene.Store.List());
    }

    [TestMethod]
    public async Task AManifestThatStatesAnotherVersionIsRefused()
    {
        var package = await _scene.PackAsync();

        var installed = await _scene.InstallAsync("acme/hello", package.Identity, manifestVersion: "0.9.0", feeds: _scene.Feed("feed", package));

        Assert.AreEqual("CAP4103", installed.Diagnostics.Single().Code);
        Assert.IsEmpty(_scene.Store.List());
    }

    [TestMethod]
    public async Task AStoreThatCannotBeWrittenIsNamed()
    {
        File.WriteAllText(_scene["file"], "in the way");
        using var scene = new InstallScene { Store = new PackageStore(_scene["file", "store"]) };
        var package = await scene.PackAsync();

        var installed = await scene.InstallAsync("acme/hello", package.Identity, feeds: scene.Feed("feed", package));

        Assert.AreEqual("CAP4104", installed.Diagnostics.Single().Code);
        Assert.AreEqual(1, (int)installed.Exit);
    }

    /// <summary>Small: the download does not fit. Larger: the download fits, what is inside does not.</summary>
    [TestMethod]
    [DataRow(16)]
    [DataRow(256)]
    public async Task AFullDiskLeavesItAsItWas(int kibibytes)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("A file system of its own needs root.");
        }

        var package = await _scene.PackAsync(string.Concat(Enumerable.Range(0, 60_000).Select(n => n.GetHashCode() * 7919L)));
        var feed = _scene.Feed("feed", package);
        Directory.CreateDirectory(_scene.Store.Root);
        var mount = await Command.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", _scene.Store.Root]);
        Assert.AreEqual(0, mount.ExitCode, mount.All);
        try
        {
            var installed = await _scene.InstallAsync("acme/hello", package.Identity, feeds: feed);

            StringAssert.Matches(installed.Diagnostics.Single().Code, new("^(CAP4104|CAP2117)$"), installed.Diagnostics.Single().Message);
            Assert.AreEqual(1, (int)installed.Exit);
            Assert.IsEmpty(_scene.Store.List());
            Assert.IsEmpty(Directory.GetFiles(_scene.Store.Root, "*", SearchOption.AllDirectories));
        }
        finally
        {
            await Command.RunAsync("umount", [_scene.Store.Root]);
        }
    }
}
