using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.Reading;

/// <summary>
/// Bounds each list and map of a manifest. Rules compare entries of one list with those of another, so a hostile manifest
/// within the size limit could otherwise keep a machine busy for minutes.
/// </summary>
internal static class ManifestSize
{
    private const int MaxEntries = 1000;

    public static Diagnostic? Check(Node root) => Check(root, FieldPath.Root);

    /// <summary>The first list or map with too many entries.</summary>
    private static Diagnostic? Check(Node node, FieldPath path)
    {
        var (children, count) = node switch
        {
            MappingNode map => (map.Entries.Select(e => (e.Value, path.Key(e.Key))), map.Entries.Count),
            SequenceNode list => (list.Items.Select((item, index) => (item, path.Item(index))), list.Items.Count),
            _ => ([], 0),
        };
        return count > MaxEntries
            ? KitDiagnostics.TooMany.At(node.Span, path.Text.Length == 0 ? "the document" : path.Text, count, MaxEntries)
            : children.Select(child => Check(child.Item1, child.Item2)).FirstOrDefault(problem => problem is not null);
    }
}
