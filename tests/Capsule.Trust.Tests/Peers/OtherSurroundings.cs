using System.Text.RegularExpressions;
using Capsule.Tests;
using Capsule.Trust.Tests.Algorithms.MlDsa;

namespace Capsule.Trust.Tests.Peers;

/// <summary>The tests of ML-DSA once more where other code runs: with the operating system's own implementation, and with smaller vectors.</summary>
[TestClass]
public partial class OtherSurroundings
{
    private const string Filter = "(ClassName~Algorithms.MlDsa|ClassName~Algorithms.Keccak)&ClassName!~AccumulatedDigests&ClassName!~Transforms";

    private static string Tests => typeof(OtherSurroundings).Assembly.Location;

    private static string[] Arguments => ["--progress", "off", "--filter", Filter];

    [TestMethod]
    public async Task PassWithThePlatformsOwnImplementation()
    {
        var shared = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Vectors.Root))!;
        var run = await new TrixieRoot(Path.GetDirectoryName(Tests)!, shared).RunAsync(
            TrixieRoot.Dotnet,
            [Tests, .. Arguments, "--results-directory", "/tmp"],
            new Dictionary<string, string?> { [Engines.Expected] = "platform" });
        Passed(run);
    }

    [TestMethod]
    public async Task PassWithoutVectorsOf256Bits()
    {
        _ = Vectors.Root;
        using var folder = new TemporaryFolder();
        var run = await Command.RunAsync(
            "dotnet",
            [Tests, .. Arguments, "--results-directory", folder.Path],
            environment: new Dictionary<string, string?> { ["DOTNET_EnableAVX"] = "0", [Engines.Expected] = "portable" });
        Passed(run);
    }

    private static void Passed(Command run)
    {
        Assert.AreEqual(0, run.ExitCode, run.All);
        Assert.IsGreaterThanOrEqualTo(40, int.Parse(Succeeded().Match(run.Output).Groups[1].Value), run.All);
    }

    [GeneratedRegex(@"succeeded: (\d+)")]
    private static partial Regex Succeeded();
}
