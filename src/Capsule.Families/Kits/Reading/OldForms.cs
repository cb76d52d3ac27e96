using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.Reading;

/// <summary>
/// Forms of older Kits, read as what is written today (specs: kits 1.10); each is a warning at its place. What stands beside its own
/// successor, or has no plain meaning, is left to <see cref="RemovedForms"/>, which refuses it.
/// </summary>
internal sealed class OldForms(ICollection<Diagnostic> problems)
{
    private readonly HashSet<SourceSpan> _children = [];

    /// <summary>True for the two tags that sources and targets of dependencies had.</summary>
    public bool Tag(string tag, SourceSpan span)
    {
        switch (tag)
        {
            case "!LocalPackage":
                Say(span, tag, "a plain map, source: {path: …}");
                return true;
            case "!BundledChild":
                _children.Add(span);
                return true;
            default:
                return false;
        }
    }

    public Node Manifest(Node root)
    {
        root = OldNodes.In(root, "workloads", all => OldNodes.InEach(all, Workload));
        root = OldNodes.In(root, "dependencies", all => OldNodes.InEach(all, Dependency));
        if (root is MappingNode map && map.Entries.FirstOrDefault(e => e.Key == "exports") is { } exports)
        {
            Say(exports.KeySpan, "exports", "nothing: 'expose' says what is public");
            return OldNodes.Without(map, "exports");
        }

        return root;
    }

    private Node Workload(Node workload)
    {
        workload = OldNodes.In(workload, "runtime", Runtime);
        workload = OldNodes.In(workload, "variants", all => OldNodes.InEach(all, v => OldNodes.In(v, "runtime", Runtime)));
        return OldNodes.In(workload, "import", import => Renamed(import, "export", "exposed_path",
            value => OldNodes.TextOf(value) is { Length: > 0 } name ? "/" + name.TrimStart('/') : null));
    }

    private Node Runtime(Node runtime) => OldNodes.In(runtime, "source", source =>
        new[] { "prepare", "hydrate", "start" }.Aggregate(source, (changed, stage) => OldNodes.In(changed, stage, Command)));

    // What was denied stays denied, whatever the stage has by default.
    private Node Command(Node command) => Renamed(command, "allow_network", "network",
        value => value is ScalarNode { Value: bool allowed } ? allowed ? "full" : "none" : null);

    private Node Dependency(Node dependency)
    {
        dependency = OldNodes.In(dependency, "source", source => source is MappingNode map && map.Find("path") is null ? Renamed(source, "package", "git", OldNodes.TextOf) : source);
        if (dependency is MappingNode whole && whole.Entries.FirstOrDefault(e => e.Key == "target" && _children.Contains(Start(e.Value))) is { } target)
        {
            Say(target.Value.Span, "!BundledChild", "nothing: a dependency has only a source");
            return OldNodes.Without(whole, "target");
        }

        return dependency;
    }

    private SourceSpan Start(Node node) => _children.FirstOrDefault(s => s.Line == node.Span.Line && s.Column == node.Span.Column);

    /// <summary>Under its new name, with its new value; as it is where the new name is there too or the value has no meaning.</summary>
    private Node Renamed(Node node, string old, string now, Func<Node, string?> meaning)
    {
        if (node is not MappingNode map || map.Find(now) is not null || map.Entries.FirstOrDefault(e => e.Key == old) is not { } entry || meaning(entry.Value) is not { } value)
        {
            return node;
        }

        Say(entry.KeySpan, old, $"{now}: {value}");
        return OldNodes.With(OldNodes.Without(map, old), entry, now, OldNodes.Text(value, entry.Value));
    }

    private void Say(SourceSpan span, string old, string now) => problems.Add(KitDiagnostics.OldForm.At(span, old, now));
}
