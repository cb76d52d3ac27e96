using System.Text.RegularExpressions;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>Rules for every text file of the repository. Each test lists all offenders at once.</summary>
[TestClass]
public partial class WhatFilesMayHold
{
    private const RegexOptions Ignored = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>Put together from pieces, so that this file keeps its own rule.</summary>
    private static readonly Regex RegistryHost = new(
        string.Join('|', new[] { "nuget/org", "npmjs/org", "npmjs/com", "yarnpkg/com", "pypi/org", "crates/io", "jsr/io", "ghcr/io", "docker/io", "golang/org", "nodesource/com", "mcr/microsoft/com" }
            .Select(host => @"\b" + host.Replace("/", @"\.", StringComparison.Ordinal) + @"\b")), Ignored);

    private static readonly Regex Unfinished = new(@"\b(" + string.Join('|', "TO" + "DO", "FIX" + "ME", "HA" + "CK") + @")\b", RegexOptions.CultureInvariant);

    /// <summary>Both wait for another process that tells nobody when it is done; each has a deadline.</summary>
    private static readonly string[] MayPoll = ["src/Capsule.Runtime/Sandbox/IdentityMapping.cs", "src/Capsule.Trust/Quorum/TrustStateFile.cs"];

    [TestMethod]
    public Task NoPathOfAMachine() => NoneAsync(MachinePath(), _ => true);

    [TestMethod]
    public Task NoHostOfAPackageRegistry() => NoneAsync(RegistryHost, _ => true);

    [TestMethod]
    public Task NoAddressInALock() => NoneAsync(Address(), path => path.EndsWith(".lock", StringComparison.Ordinal) || path.EndsWith("lock.json", StringComparison.Ordinal));

    [TestMethod]
    public Task NothingUnfinished() => NoneAsync(Unfinished, path => !path.EndsWith(".lock", StringComparison.Ordinal));

    [TestMethod]
    public Task NoFailureThatIsSwallowed() => NoneAsync(Swallowed(), IsProduct);

    [TestMethod]
    public Task NoThreadThatSleeps() => NoneAsync(Sleeping(), path => IsProduct(path) && !MayPoll.Contains(path));

    [TestMethod]
    public async Task OnlyLineFeedsAndOneAtTheEnd()
    {
        var wrong = (await TrackedFiles.ReadTextsAsync())
            .Where(f => !f.Path.EndsWith("packages.lock.json", StringComparison.Ordinal)) // NuGet writes these.
            .Where(f => f.Text.Contains('\r') || (f.Text.Length > 0 && (f.Text[^1] != '\n' || f.Text.EndsWith("\n\n", StringComparison.Ordinal))))
            .Select(f => f.Path);

        Assert.AreEqual("", string.Join('\n', wrong));
    }

    [TestMethod]
    public async Task ASamplesProjectHasThreeLinesAtMost()
    {
        var projects = (await TrackedFiles.ReadTextsAsync()).Where(f => f.Path.StartsWith("samples/", StringComparison.Ordinal) && f.Path.EndsWith(".capproj", StringComparison.Ordinal)).ToArray();

        Assert.IsTrue(projects.Length >= 3, $"There are {projects.Length} samples.");
        foreach (var (path, text) in projects)
        {
            Assert.IsTrue(text.TrimEnd('\n').Split('\n').Length <= 3, path);
        }
    }

    private static bool IsProduct(string path) => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal);

    private static async Task NoneAsync(Regex rule, Func<string, bool> applies)
    {
        var found = from file in await TrackedFiles.ReadTextsAsync()
                    where applies(file.Path)
                    from Match match in rule.Matches(file.Text)
                    select $"{file.Path}({file.Text.AsSpan(0, match.Index).Count('\n') + 1}): {match.Value}";

        Assert.AreEqual("", string.Join('\n', found));
    }

    /// <summary>/home/capsule is the home inside the sandbox; /home/me stands for anybody's in examples.</summary>
    [GeneratedRegex(@"(?<![\w.])/(?:(?:work|root)/|home/(?!capsule\b|me\b)\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex MachinePath();

    /// <summary>The registry on a sandbox's own loopback has the same address everywhere (sdk/docs/workload-sdk.md).</summary>
    [GeneratedRegex(@"https?://(?!127\.78\.0\.1:4873/)\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"catch(?:\s*\(Exception(?:\s+\w+)?\))?\s*\{\s*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Swallowed();

    [GeneratedRegex(@"\bThread\.Sleep\b", RegexOptions.CultureInvariant)]
    private static partial Regex Sleeping();
}
