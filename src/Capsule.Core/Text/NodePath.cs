namespace Capsule.Core.Text;

/// <summary>Follows steps through nodes.</summary>
public static class NodePath
{
    /// <summary>What the steps lead to; null when a step leads nowhere.</summary>
    public static Node? Find(Node root, IEnumerable<TomlStep> path) => path.Aggregate((Node?)root, (node, step) => node switch
    {
        MappingNode table when step.Name is not null => table.Find(step.Name)?.Value,
        SequenceNode list when step.Name is null && step.Index >= 0 && step.Index < list.Items.Count => list.Items[step.Index],
        _ => null,
    });

    /// <summary>The same tree with another value, or with one more entry; null when the steps before the last lead nowhere.</summary>
    internal static Node? With(Node root, IReadOnlyList<TomlStep> path, Func<Node?, Node> change)
    {
        if (path.Count == 0)
        {
            return change(root);
        }

        IReadOnlyList<TomlStep> rest = [.. path.Skip(1)];
        if (Find(root, path.Take(1)) is not { } child)
        {
            return path.Count == 1 && root is MappingNode open && path[0].Name is { } name
                ? new MappingNode([.. open.Entries, new MappingEntry(name, default, change(null))], open.Span)
                : null;
        }

        return With(child, rest, change) is not { } changed ? null
            : root is MappingNode table ? new MappingNode([.. table.Entries.Select(e => e.Key == path[0].Name ? e with { Value = changed } : e)], table.Span)
            : new SequenceNode([.. ((SequenceNode)root).Items.Select((item, i) => i == path[0].Index ? changed : item)], root.Span);
    }

    /// <summary>The same tree without what the steps lead to; null when they lead nowhere.</summary>
    internal static Node? Without(Node root, IReadOnlyList<TomlStep> path)
    {
        if (Find(root, path.Take(1)) is not { } child)
        {
            return null;
        }

        var rest = path.Count > 1 ? Without(child, [.. path.Skip(1)]) : null;
        if (path.Count > 1 && rest is null)
        {
            return null;
        }

        return root is MappingNode table
            ? new MappingNode([.. table.Entries.SelectMany(e => Kept(e, e.Key == path[0].Name, e with { Value = rest! }))], table.Span)
            : new SequenceNode([.. ((SequenceNode)root).Items.SelectMany((item, i) => Kept(item, i == path[0].Index, rest!))], root.Span);

        IEnumerable<T> Kept<T>(T whole, bool touched, T changed) => !touched ? [whole] : path.Count > 1 ? [changed] : [];
    }
}
