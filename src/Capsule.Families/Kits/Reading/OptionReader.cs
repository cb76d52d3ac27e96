using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads the declaration of an option (specs: kits 1.6).</summary>
internal static class OptionReader
{
    public static KitOption Read(Field<string> id, FieldReader at)
    {
        ManifestText.Id(at, id);
        var kind = at.RequiredDeclaredChoice("kind");
        var option = new KitOption
        {
            Id = id,
            Kind = kind ?? new Field<string>("", id.Span, id.Path),
            Default = at.Any("default"),
            Required = at.Boolean("required")?.Value ?? false,
            EnumValues = at.Strings("enum_values") ?? [],
            Description = at.String("description")?.Value,
        };
        if (option.EnumValues.Count == 0 && kind is { Value: "enum" })
        {
            at.Report(KitDiagnostics.EnumNeedsValues.At(at.KeySpan("enum_values") ?? id.Span, id.Value));
        }
        else if (kind is not null and not { Value: "enum" } && at.Has("enum_values"))
        {
            at.Report(KitDiagnostics.EnumValuesNeedEnum.At(at.KeySpan("enum_values")!.Value, id.Value, kind.Value));
        }

        at.RefuseUnknown();
        return option;
    }
}
