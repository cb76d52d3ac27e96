using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>sdk/docs/codes is what the tables say.</summary>
[TestClass]
public sealed class CodePages
{
    [TestMethod]
    public async Task AreWhatExplainWrites()
    {
        using var capsule = new CapsuleProgram();
        var written = await capsule.RunAsync("explain", "--pages", "codes");
        Assert.AreEqual(0, written.ExitCode, written.All);

        var fresh = Read(capsule["codes"]);
        var committed = Read(Checkout.File("sdk", "docs", "codes"));

        var stale = fresh.Keys.Union(committed.Keys).Where(name => fresh.GetValueOrDefault(name) != committed.GetValueOrDefault(name));
        Assert.AreEqual("", string.Join(' ', stale), "These pages differ from the tables in the code: run ./build/docs and commit.");
    }

    [TestMethod]
    public async Task AreAboutAllCodes()
    {
        using var capsule = new CapsuleProgram();

        var both = await capsule.RunAsync("explain", "CAP9100", "--pages", "codes");

        Assert.AreEqual(2, both.ExitCode);
        StringAssert.Contains(both.Error, "CAP9100");
        Assert.IsFalse(Directory.Exists(capsule["codes"]));
    }

    private static Dictionary<string, string> Read(string folder) =>
        Directory.EnumerateFiles(folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
}
