using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Core.Text;

/// <summary>Writes values in canonical form (RFC 8785, section 3.2).</summary>
internal sealed class JcsWriter(IBufferWriter<byte> output)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public void Write(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Members(value.EnumerateObject().Select(m => KeyValuePair.Create(Name(m), m.Value)), Write);
                break;
            case JsonValueKind.Array:
                Items(value.EnumerateArray(), Write);
                break;
            case JsonValueKind.String:
                Text(Unescaped(value.GetString)!);
                break;
            case JsonValueKind.Number:
                Ascii(EcmaScriptNumber.Format(double.Parse(value.GetRawText(), CultureInfo.InvariantCulture)));
                break;
            case JsonValueKind.Undefined:
                throw new JsonException("There is no value.");
            default:
                Ascii(value.GetRawText());
                break;
        }
    }

    public void Write(JsonNode? value)
    {
        switch (value)
        {
            case null:
                Ascii("null");
                break;
            case JsonObject members:
                Members(members, Write);
                break;
            case JsonArray items:
                Items(items, Write);
                break;
            case JsonValue scalar when scalar.TryGetValue<JsonElement>(out var element):
                Write(element);
                break;
            case JsonValue scalar when scalar.TryGetValue<string>(out var text):
                Text(text);
                break;
            default:
                using (var document = JsonDocument.Parse(value.ToJsonString()))
                {
                    Write(document.RootElement);
                }

                break;
        }
    }

    private void Members<T>(IEnumerable<KeyValuePair<string, T>> members, Action<T> write)
    {
        // Ordinal comparison is by UTF-16 code unit, as section 3.2.3 asks.
        var sorted = members.OrderBy(m => m.Key, StringComparer.Ordinal).ToArray();
        Ascii("{");
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i].Key == sorted[i - 1].Key)
            {
                throw new JsonException($"The name '{sorted[i].Key}' stands twice in one object.");
            }

            Ascii(i > 0 ? "," : "");
            Text(sorted[i].Key);
            Ascii(":");
            write(sorted[i].Value);
        }

        Ascii("}");
    }

    private void Items<T>(IEnumerable<T> items, Action<T> write)
    {
        Ascii("[");
        var first = true;
        foreach (var item in items)
        {
            Ascii(first ? "" : ",");
            first = false;
            write(item);
        }

        Ascii("]");
    }

    private void Text(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        try
        {
            output.Write(Strict.GetBytes(text.Append('"').ToString()));
        }
        catch (EncoderFallbackException)
        {
            throw new JsonException("A string has half of a surrogate pair, which is no character.");
        }
    }

    private void Ascii(string text) => output.Write(Encoding.ASCII.GetBytes(text));

    private static string Name(JsonProperty member) => Unescaped(() => member.Name)!;

    private static string? Unescaped(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("A string has half of a surrogate pair, or bytes that are not UTF-8.");
        }
    }
}
