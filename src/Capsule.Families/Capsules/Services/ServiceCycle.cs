using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules.Services;

/// <summary>Services that wait for each other; the first loop that a walk by name meets, at the dependency that closes it.</summary>
internal static class ServiceCycle
{
    public static IEnumerable<Diagnostic> Find(IReadOnlyList<CapsuleService> services)
    {
        var byName = services.ToDictionary(s => s.Name.Value, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in byName.Keys.Order(StringComparer.Ordinal))
        {
            // The way from the start, each with what is left to look at: no recursion, however long a chain is.
            var way = new List<(string Name, Queue<Field<string>> Left)>();
            Enter(start);
            while (way.Count > 0)
            {
                if (!way[^1].Left.TryDequeue(out var next))
                {
                    done.Add(way[^1].Name);
                    way.RemoveAt(way.Count - 1);
                }
                else if (way.FindIndex(w => w.Name == next.Value) is var at and >= 0)
                {
                    yield return CapsuleServiceDiagnostics.Cycle.At(next.Span, string.Join(" -> ", way[at..].Select(w => w.Name).Append(next.Value)));
                    yield break;
                }
                else
                {
                    Enter(next.Value);
                }
            }

            void Enter(string name)
            {
                if (byName.TryGetValue(name, out var service) && !done.Contains(name))
                {
                    way.Add((name, new Queue<Field<string>>(service.DependsOn.OrderBy(d => d.Value, StringComparer.Ordinal))));
                }
            }
        }
    }
}
