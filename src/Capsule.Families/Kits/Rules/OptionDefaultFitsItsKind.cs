using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>The default of an option has its kind and is among its values (specs: kits 1.6).</summary>
internal static class OptionDefaultFitsItsKind
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) => kit.Options.Select(Check).OfType<Diagnostic>();

    private static Diagnostic? Check(KitOption option)
    {
        if (option.Default is not { } field || option.Kind.Value.Length == 0)
        {
            return null;
        }

        if (!OptionValue.HasType(option.Kind.Value, field.Value))
        {
            return KitDiagnostics.DefaultType.At(field.Span, option.Id.Value, option.Kind.Value, Describe(field.Value));
        }

        var text = OptionValue.Text(field.Value);
        return option.Kind.Value == "enum" && option.EnumValues.Count > 0 && !OptionValue.Accepts(option, text)
            ? KitDiagnostics.DefaultNotInEnum.At(field.Span, option.Id.Value, text, Listed.Names(option.EnumValues.Select(v => v.Value)))
            : null;
    }

    private static string Describe(Node value) =>
        value is ScalarNode { Value: double number } && !double.IsFinite(number) ? "infinite or no number" : NodeWords.Describe(value);
}
