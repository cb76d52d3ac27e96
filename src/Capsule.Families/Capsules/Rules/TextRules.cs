using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Capsules.Services;
using Capsule.Families.Capsules.Shapes;
using Capsule.Families.Packing;

namespace Capsule.Families.Capsules.Rules;

/// <summary>Names of variables and targets, file patterns, hosts, and texts that become arguments or variables.</summary>
internal static partial class TextRules
{
    public static IEnumerable<Diagnostic> Check(CapsuleManifest manifest) =>
    [
        .. manifest.Targets.SelectMany(Target),
        .. manifest.Services.SelectMany(Service),
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
        if (TargetShape.ReservedLabels.Contains(label.Value))
        {
            yield return CapsuleDiagnostics.ReservedLabel.At(label.Span, label.Value);
        }
        else if (!IsLabel(label.Value))
        {
            yield return CapsuleDiagnostics.TargetLabel.At(label.Span, label.Value);
        }

        foreach (var problem in Variables([.. target.Env.Select(e => e.Key), .. target.RequiredEnv])
                     .Concat(Controls([target.Entrypoint, target.WorkingFolder, .. target.Cmd, .. target.Env.Select(e => e.Value)])))
        {
            yield return problem;
        }
    }

    private static IEnumerable<Diagnostic> Service(CapsuleService service) =>
    [
        .. Variables(service.Env.Select(e => e.Key)),
        .. Controls([service.Command, .. service.Env.Select(e => e.Value)]),
    ];

    private static IEnumerable<Diagnostic> Variables(IEnumerable<Field<string>> names) =>
        from name in names
        where !IsVariable(name.Value)
        select CapsuleDiagnostics.VariableName.At(name.Span, name.Value);

    private static IEnumerable<Diagnostic> Controls(IEnumerable<Field<string>?> texts) =>
        from text in texts
        where text is not null && text.Value.Contains('\0', StringComparison.Ordinal)
        select CapsuleDiagnostics.ControlCharacter.At(text.Span, text.Path.Text);

    private static bool IsLabel(string label) =>
        label.Length <= CapsuleTexts.LongestLabel && LabelGrammar().IsMatch(label);

    private static bool IsVariable(string name) => VariableGrammar().IsMatch(name);

    [GeneratedRegex(@"\A(?:" + CapsuleTexts.LabelPattern + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelGrammar();

    [GeneratedRegex(@"\A(?:" + CapsuleTexts.VariablePattern + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableGrammar();
}
