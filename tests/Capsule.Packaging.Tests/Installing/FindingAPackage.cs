namespace Capsule.Packaging.Tests.Installing;

[TestClass]
public sealed class FindingAPackage : IDisposable
{
    private readonly InstallScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task InstallsItFromTheOneFeedThatHasIt()
    {
        var package = await _scene.PackAsync();

        var installed = await _scene.InstallAsync("acme/hello", package.Identity, feeds: [_scene.Feed("empty"), _scene.Feed("feed", package)]);

        Assert.IsTrue(installed.Succeeded, installed.Diagnostics.FirstOrDefault()?.Message);
        Assert.AreEqual(package.Identity, installed.Value.Identity);
        Assert.AreEqual(_scene["feed"], installed.Value.Origin);
        Assert.AreEqual("1.0.0", _scene.Store.Find(new("acme", "hello", null)).Value!.Version);
    }

    [TestMethod]
    public async Task NeedsAFeed()
    {
        var installed = await _scene.InstallAsync("acme/hello");

        Assert.AreEqual("CAP4007", installed.Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task SaysWhichFeedsWereAsked()
    {
        var installed = await _scene.InstallAsync("acme/hello", feeds: [_scene.Feed("one"), _scene.Feed("two")]);

        var problem = installed.Diagnostics.Single();
        Assert.AreEqual("CAP4003", problem.Code);
        Assert.AreEqual(4, (int)installed.Exit);
        StringAssert.Contains(problem.Message, $"{_scene["one"]}, {_scene["two"]}");
    }

    [TestMethod]
    [DataRow("2.0.0")]
    [DataRow("not-a-version")]
    public async Task SaysWhichVersionsThereAre(string version)
    {
        var installed = await _scene.InstallAsync($"acme/hello@{version}", feeds: [_scene.Feed("feed", await _scene.PackAsync())]);

        var problem = installed.Diagnostics.Single();
        Assert.AreEqual("CAP4004", problem.Code);
        Assert.AreEqual(4, (int)installed.Exit);
        StringAssert.Contains(problem.Message, "It has: 1.0.0.");
    }

    /// <summary>A second feed with the same name is how dependency confusion works.</summary>
    [TestMethod]
    public async Task RefusesANameThatIsOnTwoFeeds()
    {
        var package = await _scene.PackAsync();

        var installed = await _scene.InstallAsync("acme/hello", package.Identity, feeds: [_scene.Feed("one", package), _scene.Feed("two", package)]);

        Assert.AreEqual("CAP4006", installed.Diagnostics.Single().Code);
        Assert.AreEqual(5, (int)installed.Exit);
        Assert.IsEmpty(_scene.Store.List());
    }
}
