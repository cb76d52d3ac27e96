using System.Text.RegularExpressions;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>
/// sdk/docs/commands.md has a section for each verb, with the usage line and the options that <c>--help</c> prints.
/// </summary>
[TestClass]
public sealed partial class CommandReference
{
    /// <summary>Every verb has them; the page tells them once.</summary>
    private static readonly string[] Common = ["--json", "-?, -h, --help", "--version"];

    private static readonly Dictionary<string, string> Sections = File.ReadAllText(Checkout.File("sdk", "docs", "commands.md"))
        .Split("\n### ").Skip(1).ToDictionary(s => s[..s.IndexOf('\n', StringComparison.Ordinal)].Trim(), s => s.Split("\n## ")[0]);

    [TestMethod]
    public async Task SaysWhatHelpSays()
    {
        using var capsule = new CapsuleProgram();
        var wrong = new List<string>();
        var verbs = await VerbsAsync(capsule, [], wrong);

        wrong.AddRange(Sections.Keys.Except(verbs).Select(section => $"{section}: there is no such verb"));

        Assert.IsTrue(verbs.Count > 5, string.Join(' ', verbs));
        Assert.AreEqual("", string.Join('\n', wrong));
    }

    /// <summary>Compares a verb and those below it; returns the full names of those that do something.</summary>
    private static async Task<IReadOnlyList<string>> VerbsAsync(CapsuleProgram capsule, string[] verb, List<string> wrong)
    {
        var help = await capsule.RunAsync([.. verb, "--help"]);
        Assert.AreEqual(0, help.ExitCode, help.All);
        var children = Entries(help.Output, "Commands:").Select(e => e.Split(' ')[0]).ToArray();
        if (children.Length > 0)
        {
            var below = await Task.WhenAll(children.Select(child => VerbsAsync(capsule, [.. verb, child], wrong)));
            return [.. below.SelectMany(b => b)];
        }

        var name = string.Join(' ', verb.Prepend("capsule"));
        var differences = Sections.TryGetValue(name, out var section) ? Differences(section, help.Output) : ["it has no section"];
        lock (wrong)
        {
            wrong.AddRange(differences.Select(d => $"{name}: {d}"));
        }

        return [name];
    }

    private static IEnumerable<string> Differences(string section, string help)
    {
        var usage = Plain(help.Split("Usage:\n")[1].Split('\n')[0].Trim());
        if (!section.Contains($"`{usage}`", StringComparison.Ordinal))
        {
            yield return $"the usage is `{usage}`";
        }

        var known = Entries(help, "Options:").Select(Plain).Except(Common).ToArray();
        var told = Row().Matches(section).Select(m => m.Groups[1].Value.Replace("`", "", StringComparison.Ordinal)).ToArray();
        foreach (var option in known.Except(told))
        {
            yield return $"`{option}` is missing";
        }

        foreach (var option in told.Except(known))
        {
            yield return $"`{option}` does not exist";
        }
    }

    /// <summary>The left column below a heading of the help.</summary>
    private static IEnumerable<string> Entries(string help, string heading)
    {
        var lines = help.Split('\n');
        return lines.SkipWhile(l => l != heading).Skip(1).TakeWhile(l => l.StartsWith("  ", StringComparison.Ordinal))
            .Where(l => l[2] != ' ').Select(l => l.Trim().Split("  ")[0]);
    }

    private static string Plain(string text) => text.Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| (`-[^|]*`) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
