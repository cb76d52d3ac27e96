namespace Capsule.Core.Text;

/// <summary>How messages name the type of a value, article included.</summary>
public static class NodeWords
{
    public static string Describe(Node node) => node switch
    {
        MappingNode => "a map",
        SequenceNode => "a list",
        ScalarNode scalar => Describe(scalar.Kind),
        _ => "a value",
    };

    public static string Describe(ScalarKind kind) => kind switch
    {
        ScalarKind.Null => "null",
        ScalarKind.String => "a string",
        ScalarKind.Integer => "an integer",
        ScalarKind.Float => "a number",
        ScalarKind.Boolean => "a boolean",
        ScalarKind.OffsetDateTime or ScalarKind.LocalDateTime => "a date and time",
        ScalarKind.LocalDate => "a date",
        _ => "a time",
    };
}
