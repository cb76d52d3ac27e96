using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Core.Plans.Assertions;

/// <summary>Equality, order and names of JSON values.</summary>
internal static class Values
{
    /// <summary>Numbers are equal when they differ by no more than this share of the larger one (specs: kits 2.3).</summary>
    private const double Tolerance = 1e-9;

    private const int ShownLength = 200;
    private const int ShownKeys = 10;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsNumber(JsonNode? value) => value is JsonValue && value.GetValueKind() == JsonValueKind.Number;

    /// <summary>An integer that is not negative; null for anything else.</summary>
    public static long? Length(JsonNode? value) =>
        IsNumber(value) && long.TryParse(value!.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    public static int CompareNumbers(JsonNode a, JsonNode b)
    {
        var (x, y) = (Number(a), Number(b));
        return NumbersEqual(a, b) ? 0 : x.CompareTo(y);
    }

    public static bool Equal(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (null, null) => true,
        (JsonArray x, JsonArray y) => x.Count == y.Count && x.Zip(y).All(pair => Equal(pair.First, pair.Second)),
        (JsonObject x, JsonObject y) => x.Count == y.Count && x.All(field => y.TryGetPropertyValue(field.Key, out var other) && Equal(field.Value, other)),
        (JsonValue x, JsonValue y) when IsNumber(x) && IsNumber(y) => NumbersEqual(x, y),
        (JsonValue x, JsonValue y) when x.GetValueKind() == JsonValueKind.String && y.GetValueKind() == JsonValueKind.String =>
            string.Equals(x.GetValue<string>(), y.GetValue<string>(), StringComparison.Ordinal),
        (JsonValue x, JsonValue y) => x.GetValueKind() is JsonValueKind.True or JsonValueKind.False && x.GetValueKind() == y.GetValueKind(),
        _ => false,
    };

    /// <summary>The value as JSON, cut when it is long.</summary>
    public static string Show(JsonNode? value)
    {
        var text = value?.ToJsonString(Readable) ?? "null";
        return text.Length <= ShownLength ? text : text[..ShownLength] + "…";
    }

    /// <summary>What a value is, for someone who looked for something else in it.</summary>
    public static string Describe(JsonNode? value) => value switch
    {
        JsonObject { Count: 0 } => "an empty object",
        JsonObject fields => $"an object with {string.Join(", ", fields.Select(f => f.Key).Take(ShownKeys))}{(fields.Count > ShownKeys ? ", …" : "")}",
        JsonArray items => string.Create(CultureInfo.InvariantCulture, $"a list of {items.Count}"),
        _ => Show(value),
    };

    private static bool NumbersEqual(JsonNode a, JsonNode b)
    {
        if (long.TryParse(a.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var m)
            && long.TryParse(b.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n))
        {
            return m == n;
        }

        var (x, y) = (Number(a), Number(b));
        return x.Equals(y) || Math.Abs(x - y) <= Tolerance * Math.Max(Math.Abs(x), Math.Abs(y));
    }

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
