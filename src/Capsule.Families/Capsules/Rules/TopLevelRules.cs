using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Capsules.Shapes;

namespace Capsule.Families.Capsules.Rules;

/// <summary>Name, version and the choice of a target (specs: ato 1.1, 1.2).</summary>
internal static partial class TopLevelRules
{
    public static IEnumerable<Diagnostic> Check(CapsuleManifest manifest, SourceSpan? execution, SourceSpan top)
    {
        if (manifest.Name is { } name && !IsName(name.Value))
        {
            yield return CapsuleDiagnostics.Name.At(name.Span, name.Value);
        }

        if (manifest.Version is { } version && !CapsuleVersion.IsValid(version.Value))
        {
            yield return CapsuleDiagnostics.Version.At(version.Span, version.Value);
        }

        // What the older schema put into [execution] is what would be missing below; one message is enough.
        if (execution is { } place)
        {
            yield return CapsuleDiagnostics.ExecutionRemoved.At(place);
            yield break;
        }

        if (manifest.Targets.Count == 0)
        {
            yield return CapsuleDiagnostics.NoTargets.At(manifest.TargetsPlace);
        }

        if (manifest.DefaultTarget is not { } chosen)
        {
            yield return CapsuleDiagnostics.NoDefaultTarget.At(top);
        }
        else if (manifest.Targets.Count > 0 && manifest.Targets.All(t => t.Label.Value != chosen.Value))
        {
            string[] labels = [.. manifest.Targets.Select(t => t.Label.Value)];
            yield return CapsuleDiagnostics.UnknownDefaultTarget.At(
                chosen.Span, chosen.Value, Spelling.Suggest(chosen.Value, labels, "There are"));
        }
    }

    private static bool IsName(string name) =>
        name.Length is >= CapsuleTexts.ShortestName and <= CapsuleTexts.LongestName && NameGrammar().IsMatch(name);

    [GeneratedRegex(@"\A(?:" + CapsuleTexts.NamePattern + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameGrammar();
}
