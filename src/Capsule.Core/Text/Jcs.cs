using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Core.Text;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785): one sequence of bytes for one JSON value. No white space, members in the order of
/// their names' UTF-16 code units, numbers as ECMAScript writes them, UTF-8.
/// </summary>
/// <remarks>
/// A value that has no canonical form raises a <see cref="JsonException"/> that says why: broken JSON, duplicate names, half a surrogate
/// pair, bytes that are not UTF-8, a number beyond the range of a double, more than 128 levels.
/// </remarks>
public static class Jcs
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    public static byte[] Canonicalize(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        using var document = JsonDocument.ParseValue(ref reader);
        return reader.Read() ? throw new JsonException("There is more than one value.") : Canonicalize(document.RootElement);
    }

    public static byte[] Canonicalize(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        new JcsWriter(output).Write(value);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Canonicalize(JsonNode? value)
    {
        var output = new ArrayBufferWriter<byte>();
        new JcsWriter(output).Write(value);
        return output.WrittenSpan.ToArray();
    }
}
