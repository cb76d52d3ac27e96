using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.Reading;

/// <summary>
/// <c>from_option</c> is legal in the options of a dependency and for <c>gpu</c> only (specs: kits 1.6). Elsewhere it would
/// be reported as a wrong type; this says what it is.
/// </summary>
internal static class FromOptionPlaces
{
    public static IEnumerable<Diagnostic> Explain(Node root, IReadOnlyList<Diagnostic> problems)
    {
        var places = new Dictionary<SourceSpan, FieldPath>();
        Find(root, FieldPath.Root, places);
        return problems.Select(p => (p.Kind == KitDiagnostics.WrongType || p.Kind == KitDiagnostics.DefaultType) && p.Span is { } span && places.TryGetValue(span, out var path)
            ? KitDiagnostics.FromOptionPlace.At(span, path.Text)
            : p);
    }

    private static void Find(Node node, FieldPath path, Dictionary<SourceSpan, FieldPath> places)
    {
        switch (node)
        {
            case MappingNode { Entries: [{ Key: "from_option" }] }:
                places[node.Span] = path;
                break;
            case MappingNode map:
                foreach (var entry in map.Entries)
                {
                    Find(entry.Value, path.Key(entry.Key), places);
                }

                break;
            case SequenceNode list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Find(list.Items[i], path.Item(i), places);
                }

                break;
        }
    }
}
