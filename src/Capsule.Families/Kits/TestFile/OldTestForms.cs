using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Reading;

namespace Capsule.Families.Kits.TestFile;

/// <summary>
/// Tests of older Kits (specs: kits 2.1), read as what is written today, with a warning for each old key. Not so those of kind http: their
/// values were another shape, so their validations would say something else than they did.
/// </summary>
internal sealed partial class OldTestForms(KitTree kit, ICollection<Diagnostic> problems)
{
    public Node File(Node root) =>
        root is MappingNode map && map.Find("tests") is not null
            ? OldNodes.In(root, "tests", list => list is SequenceNode items ? new SequenceNode([.. items.Items.Select(Case)], items.Span) : list)
            : Case(root);

    private Node Case(Node node)
    {
        if (node is not MappingNode test || OldNodes.TextOf(test.Find("kind")?.Value) == "http")
        {
            return node;
        }

        test = Id(test);
        test = test.Find("request") is null && test.Find("target") is null ? Call(test) : test;
        return Renamed(test, "verboseOutput", "verbose_output");
    }

    private MappingNode Id(MappingNode test)
    {
        if (test.Find("test") is not { } title || test.Find("id") is not null || OldNodes.TextOf(title.Value) is not { } text)
        {
            return test;
        }

        var id = NotOfIds().Replace(text, "-").Trim('-').ToLowerInvariant();
        if (id.Length == 0)
        {
            return test;
        }

        Say(title, "id: " + id);
        return OldNodes.With(OldNodes.Without(test, "test"), title, "id", OldNodes.Text(id, title.Value));
    }

    private MappingNode Renamed(MappingNode test, string old, string now)
    {
        if (test.Find(old) is not { } entry || test.Find(now) is not null)
        {
            return test;
        }

        Say(entry, now);
        return OldNodes.With(OldNodes.Without(test, old), entry, now, entry.Value);
    }

    private MappingNode Call(MappingNode test)
    {
        if (test.Find("tool") is { } tool && test.Find("exposed_path") is { } path && test.Find("command") is null)
        {
            return Moved(test, "mcp", path, [path], [.. new[] { tool, test.Find("inputs") }.OfType<MappingEntry>()]);
        }

        // A command ran in the one workload that there was.
        return test.Find("command") is { } command && test.Find("exposed_path") is null && kit.Manifest.Workloads is [{ } only]
            ? Moved(test, "exec", command, [new MappingEntry("workload", command.KeySpan, OldNodes.Text(only.Id.Value, command.Value))], [command])
            : test;
    }

    private MappingNode Moved(MappingNode test, string kind, MappingEntry first, MappingEntry[] target, MappingEntry[] request)
    {
        foreach (var entry in target.Concat(request).Where(e => test.Find(e.Key) is not null))
        {
            Say(entry, $"'{entry.Key}' under '{(target.Contains(entry) ? "target" : "request")}', with kind: {kind}");
        }

        var rest = OldNodes.Without(test, [.. target.Concat(request).Select(e => e.Key)]);
        rest = rest.Find("kind") is null ? OldNodes.With(rest, first, "kind", OldNodes.Text(kind, first.Value)) : rest;
        rest = OldNodes.With(rest, first, "target", new MappingNode(target, first.KeySpan));
        return OldNodes.With(rest, request[0], "request", new MappingNode(request, request[0].KeySpan));
    }

    private void Say(MappingEntry entry, string now) => problems.Add(KitDiagnostics.OldForm.At(entry.KeySpan, entry.Key, now));

    [GeneratedRegex("[^A-Za-z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotOfIds();
}
