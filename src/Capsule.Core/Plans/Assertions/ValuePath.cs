using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Capsule.Core.Plans.Assertions;

/// <summary>
/// A way into a JSON value: <c>$</c>, then any of <c>.field</c> and <c>[index]</c> (specs: kits 2.3). A field name is any
/// text without <c>. [ ] ( )</c>.
/// </summary>
public sealed class ValuePath
{
    private const string Delimiters = ".[]()";
    private readonly IReadOnlyList<Step> _steps;

    private ValuePath(IReadOnlyList<Step> steps)
    {
        _steps = steps;
    }

    /// <summary>Reads a whole text as a path.</summary>
    public static ValuePath Parse(string text)
    {
        var at = 0;
        var path = Read(text, ref at, operatorEnds: false, out _);
        return at == text.Length ? path : throw new AssertionSyntaxException(at, $"'{text[at..]}' cannot follow a path.");
    }

    /// <summary>
    /// Reads a path from the start of an assertion; the field that is directly followed by <c>(</c> is the operator and
    /// ends it.
    /// </summary>
    internal static ValuePath Read(string text, ref int at, bool operatorEnds, out string? operation)
    {
        operation = null;
        if (at >= text.Length || text[at] != '$')
        {
            throw new AssertionSyntaxException(at, "A path starts with '$'.");
        }

        at++;
        var steps = new List<Step>();
        while (at < text.Length && text[at] is '.' or '[')
        {
            if (text[at] == '[')
            {
                steps.Add(new Step(null, Index(text, ref at)));
                continue;
            }

            var start = ++at;
            var length = text.AsSpan(at).IndexOfAny(Delimiters);
            at = length < 0 ? text.Length : at + length;
            if (at == start)
            {
                throw new AssertionSyntaxException(start, "A field name is missing after '.'.");
            }

            var name = text[start..at];
            if (operatorEnds && at < text.Length && text[at] == '(')
            {
                operation = name;
                return new ValuePath(steps);
            }

            steps.Add(new Step(name, 0));
        }

        return new ValuePath(steps);
    }

    /// <summary>The value at the path; false when nothing is there. A JSON null is there.</summary>
    public bool TryResolve(JsonNode? root, out JsonNode? value) => TryResolve(root, out value, out _);

    /// <summary>As above; when nothing is there, says how far the path led and what stands there.</summary>
    internal bool TryResolve(JsonNode? root, out JsonNode? value, out string missing)
    {
        value = root;
        missing = "";
        for (var i = 0; i < _steps.Count; i++)
        {
            var step = _steps[i];
            if (step.Field is not null && value is JsonObject fields && fields.TryGetPropertyValue(step.Field, out var field))
            {
                value = field;
            }
            else if (step.Field is null && value is JsonArray items && step.Index < items.Count)
            {
                value = items[step.Index];
            }
            else
            {
                missing = $"{this} does not exist; {Text(i)} is {Values.Describe(value)}";
                value = null;
                return false;
            }
        }

        return true;
    }

    public override string ToString() => Text(_steps.Count);

    private string Text(int count)
    {
        var text = new StringBuilder("$");
        foreach (var step in _steps.Take(count))
        {
            _ = step.Field is null ? text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]") : text.Append('.').Append(step.Field);
        }

        return text.ToString();
    }

    private static int Index(string text, ref int at)
    {
        var start = ++at;
        var close = text.IndexOf(']', start);
        if (close < 0)
        {
            throw new AssertionSyntaxException(start - 1, "']' is missing.");
        }

        if (!int.TryParse(text.AsSpan(start, close - start), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            throw new AssertionSyntaxException(start, $"'{text[start..close]}' is not an index; only a number without sign may stand between '[' and ']'.");
        }

        at = close + 1;
        return index;
    }

    private sealed record Step(string? Field, int Index);
}
