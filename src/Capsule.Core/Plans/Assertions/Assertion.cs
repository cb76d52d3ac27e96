using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Core.Plans.Assertions;

/// <summary>
/// <c>path.operator(expected)</c>. The expected value is JSON where the text parses as JSON, else the text itself as a
/// string. The text is read from the left: fields, until one is directly followed by <c>(</c>, which is the operator;
/// the rest up to the last <c>)</c> is the expected value. So a field may be called <c>eq</c>.
/// </summary>
public sealed class Assertion
{
    private static readonly IReadOnlyDictionary<string, AssertionOperator> Operators = new Dictionary<string, AssertionOperator>(StringComparer.Ordinal)
    {
        ["exists"] = AssertionOperator.Exists,
        ["notNull"] = AssertionOperator.NotNull,
        ["eq"] = AssertionOperator.Eq,
        ["ne"] = AssertionOperator.Ne,
        ["gte"] = AssertionOperator.Gte,
        ["lte"] = AssertionOperator.Lte,
        ["lenEq"] = AssertionOperator.LenEq,
        ["lenGte"] = AssertionOperator.LenGte,
        ["lenLte"] = AssertionOperator.LenLte,
        ["contains"] = AssertionOperator.Contains,
    };

    private Assertion(ValuePath path, AssertionOperator operation, JsonNode? expected)
    {
        Path = path;
        Operator = operation;
        Expected = expected;
    }

    public ValuePath Path { get; }

    public AssertionOperator Operator { get; }

    /// <summary>What the operator compares with; null stands for JSON null or for no value.</summary>
    public JsonNode? Expected { get; }

    public static IEnumerable<string> OperatorNames => Operators.Keys;

    /// <summary>Reads an assertion, or throws <see cref="AssertionSyntaxException"/>.</summary>
    public static Assertion Parse(string text)
    {
        var at = 0;
        var path = ValuePath.Read(text, ref at, operatorEnds: true, out var name);
        if (name is null)
        {
            throw new AssertionSyntaxException(at, at < text.Length
                ? $"'{text[at..]}' cannot follow a path; an assertion ends with an operator, for example '.eq(1)'."
                : "An operator is missing at the end, for example '.eq(1)'.");
        }

        if (!Operators.TryGetValue(name, out var operation))
        {
            var suggestion = Core.Text.Spelling.Suggest(name, [.. Operators.Keys], "Known");
            throw new AssertionSyntaxException(at - name.Length, $"'{name}' is not an operator. {suggestion}");
        }

        var end = text.TrimEnd().Length - 1;
        if (text[end] != ')' || end == at)
        {
            throw new AssertionSyntaxException(end + 1, "')' is missing at the end.");
        }

        return new Assertion(path, operation, Argument(operation, name, text[(at + 1)..end], at + 1));
    }

    /// <summary>Checks a value and says what was expected and what was there.</summary>
    public AssertionOutcome Check(JsonNode? value) => AssertionCheck.Run(this, value);

    private static JsonNode? Argument(AssertionOperator operation, string name, string text, int offset)
    {
        var value = Json(text);
        var problem = operation switch
        {
            AssertionOperator.Exists or AssertionOperator.NotNull when text.Trim().Length > 0 => $"'{name}' takes no value.",
            AssertionOperator.Gte or AssertionOperator.Lte when !Values.IsNumber(value) => $"'{name}' needs a number.",
            AssertionOperator.LenEq or AssertionOperator.LenGte or AssertionOperator.LenLte when Values.Length(value) is null =>
                $"'{name}' needs an integer that is not negative.",
            _ => null,
        };
        return problem is null ? value : throw new AssertionSyntaxException(offset, problem);
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
