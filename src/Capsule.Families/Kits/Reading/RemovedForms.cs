using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.Reading;

/// <summary>Forms that older Kits have (specs: kits 1.10): refused, with what to write now.</summary>
internal static class RemovedForms
{
    /// <summary>True when the key is there, even as null; it is then reported, and is no unknown field any more.</summary>
    public static bool Check(FieldReader at, string key)
    {
        at.Ignore(key);
        if (at.KeySpan(key) is not { } span)
        {
            return false;
        }

        at.Report(KitDiagnostics.Removed.At(span, key, at.Instead(key)));
        return true;
    }

    /// <summary>YAML tags were the old way to write sources and targets; the YAML reader refuses them before they reach us.</summary>
    public static IEnumerable<Diagnostic> ExplainTags(IEnumerable<Diagnostic> problems)
    {
        foreach (var problem in problems)
        {
            yield return (problem.Code, problem.Span, problem.Message) switch
            {
                ("CAP0915", { } span, var text) when text.Contains("!LocalPackage", StringComparison.Ordinal) =>
                    KitDiagnostics.Removed.At(span, "!LocalPackage", "a plain map: source with path"),
                ("CAP0915", { } span, var text) when text.Contains("!BundledChild", StringComparison.Ordinal) =>
                    KitDiagnostics.Removed.At(span, "!BundledChild", "nothing: remove 'target', a dependency has only a source"),
                _ => problem,
            };
        }
    }
}
