using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>What several rules say about lists of ids.</summary>
internal static class Listed
{
    private const int Shown = 20;

    /// <summary>Each value that stands earlier in the same list.</summary>
    public static IEnumerable<Diagnostic> Twice(IEnumerable<Field<string>> values)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return values.Where(v => !seen.Add(v.Value)).Select(v => KitDiagnostics.ListedTwice.At(v.Span, v.Value));
    }

    /// <summary>The ids for a message, the first twenty; "none" when there is none.</summary>
    public static string Names(IEnumerable<string> ids)
    {
        string[] shown = [.. ids.Take(Shown + 1)];
        return shown.Length switch
        {
            0 => "none",
            > Shown => string.Join(", ", shown[..Shown]) + ", …",
            _ => string.Join(", ", shown),
        };
    }

    public static string Endpoints(Workload workload) =>
        Names(workload.AllEndpoints.Select(e => e.Path == "/" + e.Protocol ? e.Protocol : $"{e.Path} ({e.Protocol})"));
}
