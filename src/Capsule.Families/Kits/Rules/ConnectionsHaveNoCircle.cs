using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>A workload starts after those that it connects to, so no way along connections leads back (specs: kits 10).</summary>
internal static class ConnectionsHaveNoCircle
{
    /// <summary>The first connection that closes a circle, for each group of workloads that has one.</summary>
    public static IEnumerable<Diagnostic> Check(KitManifest kit)
    {
        var byId = kit.Workloads.DistinctBy(w => w.Id.Value).ToDictionary(w => w.Id.Value, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        return kit.Workloads.Select(w => Find(w, byId, [], done)).OfType<Diagnostic>();
    }

    /// <param name="from">Where to go on.</param>
    /// <param name="byId">All workloads; there are few enough that the way through them fits on the stack.</param>
    /// <param name="way">The ids that led here.</param>
    /// <param name="done">Those from which every way was gone.</param>
    private static Diagnostic? Find(Workload from, Dictionary<string, Workload> byId, List<string> way, HashSet<string> done)
    {
        if (!done.Add(from.Id.Value))
        {
            return null;
        }

        way.Add(from.Id.Value);
        foreach (var connection in from.Connections.Where(c => c.Value != from.Id.Value))
        {
            if (Problem(connection, byId, way, done) is { } problem)
            {
                return problem;
            }
        }

        way.RemoveAt(way.Count - 1);
        return null;
    }

    private static Diagnostic? Problem(Field<string> connection, Dictionary<string, Workload> byId, List<string> way, HashSet<string> done)
    {
        var begin = way.IndexOf(connection.Value);
        return begin >= 0 ? KitDiagnostics.ConnectionCircle.At(connection.Span, Listed.Names(way.Skip(begin).Append(connection.Value)))
            : byId.TryGetValue(connection.Value, out var next) ? Find(next, byId, way, done)
            : null;
    }
}
