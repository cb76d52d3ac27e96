using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Core.Plans.Assertions;

/// <summary>
/// The meaning of the operators. Nothing is coerced: "9" is no number. A path that leads nowhere fails every operator,
/// <c>ne</c> included.
/// </summary>
internal static class AssertionCheck
{
    public static AssertionOutcome Run(Assertion assertion, JsonNode? root)
    {
        if (!assertion.Path.TryResolve(root, out var actual, out var missing))
        {
            return AssertionOutcome.Failed(missing);
        }

        var expected = assertion.Expected;
        var was = $"but was {Values.Show(actual)} at {assertion.Path}";
        return assertion.Operator switch
        {
            AssertionOperator.Exists => AssertionOutcome.Held,
            AssertionOperator.NotNull => Say(actual is not null, $"expected anything but null {was}"),
            AssertionOperator.Eq => Say(Values.Equal(actual, expected), $"expected {Values.Show(expected)} {was}"),
            AssertionOperator.Ne => Say(!Values.Equal(actual, expected), $"expected anything but {Values.Show(expected)} {was}"),
            AssertionOperator.Gte => Compare(actual, expected, "at least", was, difference => difference >= 0),
            AssertionOperator.Lte => Compare(actual, expected, "at most", was, difference => difference <= 0),
            AssertionOperator.LenEq => Count(assertion, actual, "", (length, wanted) => length == wanted),
            AssertionOperator.LenGte => Count(assertion, actual, "at least ", (length, wanted) => length >= wanted),
            AssertionOperator.LenLte => Count(assertion, actual, "at most ", (length, wanted) => length <= wanted),
            _ => Contains(actual, expected, was),
        };
    }

    private static AssertionOutcome Say(bool held, string otherwise) => held ? AssertionOutcome.Held : AssertionOutcome.Failed(otherwise);

    private static AssertionOutcome Compare(JsonNode? actual, JsonNode? expected, string words, string was, Func<int, bool> holds) =>
        Say(Values.IsNumber(actual) && holds(Values.CompareNumbers(actual!, expected!)), $"expected a number of {words} {Values.Show(expected)} {was}");

    private static AssertionOutcome Count(Assertion assertion, JsonNode? actual, string words, Func<long, long, bool> holds)
    {
        var wanted = Values.Length(assertion.Expected)!.Value;
        var demand = string.Create(CultureInfo.InvariantCulture, $"expected a length of {words}{wanted}");
        long? length = actual switch
        {
            JsonArray items => items.Count,
            JsonObject fields => fields.Count,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>().EnumerateRunes().Count(),
            _ => null,
        };
        return length is null
            ? AssertionOutcome.Failed($"{demand} but {Values.Show(actual)} at {assertion.Path} has no length")
            : Say(holds(length.Value, wanted), string.Create(CultureInfo.InvariantCulture, $"{demand} but was {length} at {assertion.Path}"));
    }

    private static AssertionOutcome Contains(JsonNode? actual, JsonNode? expected, string was)
    {
        var text = expected is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        return actual switch
        {
            JsonArray items => Say(items.Any(i => Values.Equal(i, expected)), $"expected a list with {Values.Show(expected)} {was}"),
            JsonObject fields when text is not null => Say(fields.ContainsKey(text), $"expected an object with the key {Values.Show(expected)} {was}"),
            JsonValue found when found.GetValueKind() == JsonValueKind.String && text is not null =>
                Say(found.GetValue<string>().Contains(text, StringComparison.Ordinal), $"expected a text with {Values.Show(expected)} {was}"),
            JsonObject or JsonValue when text is null => AssertionOutcome.Failed($"expected {Values.Show(expected)} {was}; to look for text, put it in double quotes"),
            _ => AssertionOutcome.Failed($"expected something that contains {Values.Show(expected)} {was}"),
        };
    }
}
