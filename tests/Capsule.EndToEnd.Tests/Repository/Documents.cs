using System.Text.RegularExpressions;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>What the Markdown files say of each other is true, and can be read.</summary>
[TestClass]
public partial class Documents
{
    [TestMethod]
    public async Task LinkToFilesThatExist()
    {
        var broken = from document in await ReadAsync()
                     from Match link in Link().Matches(WithoutCode(document.Text))
                     let target = link.Groups[1].Value
                     where !target.Contains("://", StringComparison.Ordinal) && !Exists(document.Path, target)
                     select $"{document.Path}: {target}";

        Assert.AreEqual("", string.Join('\n', broken));
    }

    [TestMethod]
    public void AreAllReachedFromTheIndex()
    {
        var docs = Checkout.File("sdk", "docs");
        var linked = Link().Matches(File.ReadAllText(Path.Combine(docs, "index.md"))).Select(m => m.Groups[1].Value.Split('#')[0]).ToHashSet();

        var missing = Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(docs, f).Replace('\\', '/')).Where(f => f != "index.md" && !linked.Contains(f)).Order(StringComparer.Ordinal);

        Assert.AreEqual("", string.Join(' ', missing), "sdk/docs/index.md leads to every page.");
    }

    [TestMethod]
    public async Task HaveWholeTables()
    {
        var broken = from document in await ReadAsync()
                     from table in Table().Matches(WithoutCode(document.Text))
                     where !IsWhole(table.Value)
                     select $"{document.Path}: {table.Value.Split('\n')[0]}";

        Assert.AreEqual("", string.Join('\n', broken));
    }

    private static async Task<IEnumerable<(string Path, string Text)>> ReadAsync() =>
        (await TrackedFiles.ReadTextsAsync()).Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>The text with fenced blocks emptied.</summary>
    private static string WithoutCode(string text) => Fence().Replace(text, "");

    private static bool Exists(string document, string target)
    {
        var (path, anchor) = target.Split('#') is [var p, var a] ? (p, a) : (target, null);
        var file = path.Length == 0 ? Checkout.File(document) : Path.GetFullPath(path, Path.GetDirectoryName(Checkout.File(document))!);
        return anchor is null
            ? File.Exists(file) || Directory.Exists(file)
            : File.Exists(file) && Heading().Matches(File.ReadAllText(file)).Any(h => Anchor(h.Groups[1].Value) == anchor);
    }

    private static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    /// <summary>Head, a line of dashes, and as many cells in each row as the head has.</summary>
    private static bool IsWhole(string table)
    {
        var rows = table.TrimEnd('\n').Split('\n');
        return rows.Length > 2 && Dashes().IsMatch(rows[1]) && rows.All(r => r.TrimEnd().EndsWith('|') && Cells(r) == Cells(rows[0]));
    }

    private static int Cells(string row) => Bar().Count(row);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?:^\|[^\n]*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\|(?: *:?-+:? *\|)+$")]
    private static partial Regex Dashes();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
