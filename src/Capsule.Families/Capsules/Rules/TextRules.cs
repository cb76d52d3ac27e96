using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Packing;

namespace Capsule.Families.Capsules.Rules;

/// <summary>Names of variables and targets, file patterns, hosts, and texts that become arguments or variables.</summary>
internal static class TextRules
{
    private const int LongestLabel = 64;

    private static readonly string[] ReservedLabels = ["source", "wasm", "oci"];

    public static IEnumerable<Diagnostic> Check(CapsuleManifest manifest) =>
    [
        .. manifest.Targets.SelectMany(Target),
        .. from pattern in manifest.Include.Concat(manifest.Exclude)
           where Glob.Parse(pattern.Value) is null
           select CapsuleDiagnostics.Pattern.At(pattern.Span, pattern.Value),
        .. from host in manifest.Egress
           where EgressHost.Parse(host.Value) is null
           select CapsuleDiagnostics.EgressHost.At(host.Span, host.Value),
        .. Variables(manifest.AllowEnv),
        .. from name in manifest.AllowEnv
           where IsVariable(name.Value)
           select CapsuleDiagnostics.NotTaken.At(name.Span, name.Value),
    ];

    private static IEnumerable<Diagnostic> Target(CapsuleTarget target)
    {
        var label = target.Label;
        if (ReservedLabels.Contains(label.Value))
        {
            yield return CapsuleDiagnostics.ReservedLabel.At(label.Span, label.Value);
        }
        else if (!IsLabel(label.Value))
        {
            yield return CapsuleDiagnostics.TargetLabel.At(label.Span, label.Value);
        }

        foreach (var problem in Variables([.. target.Env.Select(e => e.Key), .. target.RequiredEnv]).Concat(Controls(target)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<Diagnostic> Variables(IEnumerable<Field<string>> names) =>
        from name in names
        where !IsVariable(name.Value)
        select CapsuleDiagnostics.VariableName.At(name.Span, name.Value);

    private static IEnumerable<Diagnostic> Controls(CapsuleTarget target) =>
        from text in (IEnumerable<Field<string>?>)[target.Entrypoint, target.WorkingFolder, .. target.Cmd, .. target.Env.Select(e => e.Value)]
        where text is not null && text.Value.Contains('\0', StringComparison.Ordinal)
        select CapsuleDiagnostics.ControlCharacter.At(text.Span, text.Path.Text);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel
        && char.IsAsciiLetterOrDigit(label[0])
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsVariable(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
