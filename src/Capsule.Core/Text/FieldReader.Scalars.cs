using System.Globalization;
using Capsule.Core.Schemas;

namespace Capsule.Core.Text;

public sealed partial class FieldReader
{
    public Field<string>? String(string key) => Scalar<string>(Entry(key)?.Value, Path.Key(key), ScalarKind.String, "a string");

    public Field<string>? RequiredString(string key) => Required(key, String(key));

    public Field<bool>? Boolean(string key) => Scalar<bool>(Entry(key)?.Value, Path.Key(key), ScalarKind.Boolean, "true or false");

    /// <summary>An integer between two bounds, both included.</summary>
    public Field<long>? Integer(string key, long least = long.MinValue, long greatest = long.MaxValue)
    {
        var field = Scalar<long>(Entry(key)?.Value, Path.Key(key), ScalarKind.Integer, "an integer");
        return field is null || InRange(field, field.Value >= least && field.Value <= greatest, least, greatest) ? field : null;
    }

    /// <summary>An integer in the range that the shape declares.</summary>
    public Field<long>? DeclaredInteger(string key) =>
        ShapeOf(key) is IntegerShape range ? Integer(key, range.Least, range.Greatest) : throw Undeclared(key, "an integer");

    public Field<long>? RequiredInteger(string key, long least = long.MinValue, long greatest = long.MaxValue) =>
        Required(key, Integer(key, least, greatest));

    /// <summary>A number, written as an integer or with a fraction, between two bounds, both included. NaN is out of every range.</summary>
    public Field<double>? Number(string key, double least = double.MinValue, double greatest = double.MaxValue)
    {
        if (Entry(key)?.Value is not { } node)
        {
            return null;
        }

        if (node is not ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } scalar)
        {
            WrongType(node, Path.Key(key), "a number");
            return null;
        }

        var value = Convert.ToDouble(scalar.Value, CultureInfo.InvariantCulture);
        var field = new Field<double>(value, scalar.Span, Path.Key(key));
        return InRange(field, value >= least && value <= greatest, least, greatest) ? field : null;
    }

    /// <summary>One of a few strings, turned into what they mean.</summary>
    public Field<T>? Choice<T>(string key, IReadOnlyDictionary<string, T> choices)
    {
        if (String(key) is not { } field)
        {
            return null;
        }

        if (choices.TryGetValue(field.Value, out var choice))
        {
            return new Field<T>(choice, field.Span, field.Path);
        }

        string[] allowed = [.. choices.Keys];
        _problems.Add(_kinds.NotAllowed.At(
            field.Span, field.Path.Text, field.Value, string.Join(", ", allowed), Spelling.Suggest(field.Value, allowed, "Use one of")));
        return null;
    }

    public Field<T>? RequiredChoice<T>(string key, IReadOnlyDictionary<string, T> choices) => Required(key, Choice(key, choices));

    /// <summary>One of a few strings.</summary>
    public Field<string>? OneOf(string key, params IEnumerable<string> allowed) =>
        Choice(key, new OrderedDictionary<string, string>(allowed.Select(a => KeyValuePair.Create(a, a)), StringComparer.Ordinal));

    /// <summary>One of the strings that the shape declares.</summary>
    public Field<string>? DeclaredChoice(string key) => OneOf(key, DeclaredValues(key));

    public Field<string>? RequiredDeclaredChoice(string key) => Required(key, DeclaredChoice(key));

    public Field<string>? RequiredOneOf(string key, params IEnumerable<string> allowed) => Required(key, OneOf(key, allowed));

    /// <summary>A value of any type but null.</summary>
    public Field<Node>? Any(string key) => Entry(key) is { } entry ? new Field<Node>(entry.Value, entry.Value.Span, Path.Key(key)) : null;

    public Field<Node>? RequiredAny(string key) => Required(key, Any(key));

    private bool InRange<T>(Field<T> field, bool inside, object least, object greatest)
    {
        if (!inside)
        {
            _problems.Add(_kinds.OutOfRange.At(field.Span, field.Path.Text, field.Value, least, greatest));
        }

        return inside;
    }

    private IEnumerable<string> DeclaredValues(string key) => ShapeOf(key) switch
    {
        TextShape { Choices.Count: > 0 } text => text.Values,
        UnionShape union => union.Alternatives.OfType<TextShape>().Single(t => t.Choices.Count > 0).Values,
        _ => throw Undeclared(key, "a choice"),
    };

    private InvalidOperationException Undeclared(string key, string what) => new($"'{key}' is not declared as {what} in the shape '{_shape?.Name}'.");
}
