using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>Reads texts of <c>ATOMS.yml</c>. <c>id: 1e3</c> means the text 1e3: what stands where a text belongs is a text as written.</summary>
internal static class YamlText
{
    public static Field<string>? Text(this FieldReader reader, string key) => reader.Any(key) switch
    {
        null => null,
        { Value: ScalarNode scalar } field => new Field<string>(Written(scalar), field.Span, field.Path),
        _ => reader.String(key),
    };

    public static Field<string>? RequiredText(this FieldReader reader, string key) => reader.Any(key) is null ? reader.RequiredString(key) : reader.Text(key);

    public static IReadOnlyList<Field<string>>? Texts(this FieldReader reader, string key) =>
        reader.List(key) is not { } items ? null
        : items.All(i => i.Value is ScalarNode) ? [.. items.Select(i => new Field<string>(Written((ScalarNode)i.Value), i.Span, i.Path))]
        : reader.Strings(key);

    private static string Written(ScalarNode scalar) => scalar is { Kind: ScalarKind.String, Value: string text } ? text : scalar.Raw;
}
