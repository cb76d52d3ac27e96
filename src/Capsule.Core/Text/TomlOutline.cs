namespace Capsule.Core.Text;

/// <summary>A statement with the full path of what it defines.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Path">From the root; an element of a list of tables has its index.</param>
/// <param name="Section">The path of the header above a key, or of the header itself; empty above the first header.</param>
internal sealed record TomlLine(TomlStatement Statement, IReadOnlyList<TomlStep> Path, IReadOnlyList<TomlStep> Section)
{
    public bool IsHeader => Statement.Kind != TomlStatementKind.KeyValue;

    public bool Under(IReadOnlyList<TomlStep> prefix) => StartsWith(Path, prefix);

    public bool At(IReadOnlyList<TomlStep> path) => Path.Count == path.Count && Under(path);

    public static bool StartsWith(IReadOnlyList<TomlStep> path, IReadOnlyList<TomlStep> prefix) =>
        path.Count >= prefix.Count && prefix.Select((step, i) => path[i] == step).All(same => same);
}

/// <summary>Resolves what each statement of a document defines.</summary>
internal static class TomlOutline
{
    public static IReadOnlyList<TomlLine> Of(TomlDocument document)
    {
        var lines = new List<TomlLine>();
        var lists = new Dictionary<string, int>(StringComparer.Ordinal);
        IReadOnlyList<TomlStep> section = [];
        foreach (var statement in document.Statements)
        {
            if (statement.Kind == TomlStatementKind.KeyValue)
            {
                lines.Add(new TomlLine(statement, [.. section, .. statement.Keys.Select(k => (TomlStep)k.Name)], section));
                continue;
            }

            section = Resolve(statement, lists);
            lines.Add(new TomlLine(statement, section, section));
        }

        return lines;
    }

    private static List<TomlStep> Resolve(TomlStatement header, Dictionary<string, int> lists)
    {
        var path = new List<TomlStep>();
        for (var i = 0; i < header.Keys.Count; i++)
        {
            path.Add(header.Keys[i].Name);
            var key = TomlStep.Show(path);
            if (i == header.Keys.Count - 1 && header.Kind == TomlStatementKind.ListHeader)
            {
                lists[key] = lists.TryGetValue(key, out var last) ? last + 1 : 0;
            }

            if (lists.TryGetValue(key, out var index))
            {
                path.Add(index);
            }
        }

        return path;
    }
}
