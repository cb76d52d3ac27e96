namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>An installed package is verified again each time that it runs.</summary>
[TestClass]
public sealed class AChangedStore : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task WhoseRecordNamesOtherContentIsRefused()
    {
        await InstallAsync("capsule-tree/1:" + new string('0', 64));

        var run = await _capsule.RunAsync("run", "acme/site");

        Assert.AreEqual(5, run.ExitCode, run.All);
        StringAssert.Contains(run.Error, "error CAP9107: The installed package acme/site");
    }

    [TestMethod]
    public async Task WithAChangedFileIsRefused()
    {
        await InstallAsync("capsule-tree/1:" + new string('0', 64));
        await File.AppendAllTextAsync(_capsule["home", "store", "acme", "site", "1.0.0", "tree", "public", "index.html"], "<script>");

        var run = await _capsule.RunAsync("run", "acme/site");

        Assert.AreNotEqual(0, run.ExitCode);
        StringAssert.Contains(run.Error, "error CAP20");
    }

    [TestMethod]
    public async Task WithARecordThatCannotBeReadIsRefused()
    {
        _capsule.Write("home/store/acme/site/1.0.0/installed.json", "{");

        var run = await _capsule.RunAsync("run", "acme/site");

        Assert.AreEqual(5, run.ExitCode, run.All);
        StringAssert.Contains(run.Error, "error CAP4102");
    }

    /// <summary>Puts a package into the store as an installation would, with the record that is wanted.</summary>
    private async Task InstallAsync(string identity)
    {
        const string Installed = "home/store/acme/site/1.0.0";
        Site.Write(_capsule, $"{Installed}/tree");
        var tree = await _capsule.RunAsync("tree", $"{Installed}/tree");
        Assert.AreEqual(0, tree.ExitCode, tree.All);
        _capsule.Write($"{Installed}/tree/.capsule/tree", tree.Output);
        _capsule.Write($"{Installed}/installed.json", $$"""
            {
              "schema": "capsule-installed/1", "family": "capsule", "publisher": "acme", "slug": "site", "version": "1.0.0",
              "identity": "{{identity}}", "manifest": "capsule.toml", "origin": "a test", "signers": []
            }
            """);
    }
}
