using System.Text;
using System.Text.Json;

namespace Capsule.Trust.Envelopes;

/// <summary>
/// Reads JSON where a second meaning would be an attack: valid UTF-8, no duplicate member, no comment, no trailing
/// comma, bounded depth, and only the members that are asked for.
/// </summary>
internal static class StrictJson
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 32,
    };

    /// <summary>Parses one value; throws <see cref="FormatException"/> with a reason that quotes nothing of the input.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            _ = Utf8.GetCharCount(utf8.Span);
            using var document = JsonDocument.Parse(utf8, Options);
            return document.RootElement.Clone();
        }
        catch (ArgumentException)
        {
            throw new FormatException("it is not UTF-8");
        }
        catch (JsonException problem)
        {
            throw new FormatException($"it is not strict JSON (byte {problem.BytePositionInLine})");
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("it has a member name that is not Unicode text");
        }
    }

    /// <summary>Demands an object with all of the first members, any of the second, and no other.</summary>
    public static void Demand(JsonElement element, string name, ReadOnlySpan<string> required, params ReadOnlySpan<string> optional)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{name} is not an object");
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!required.Contains(member.Name) && !optional.Contains(member.Name))
            {
                throw new FormatException($"{name} has a member that does not belong there");
            }
        }

        foreach (var member in required)
        {
            if (!element.TryGetProperty(member, out _))
            {
                throw new FormatException($"{name} has no member '{member}'");
            }
        }
    }

    public static string Text(JsonElement parent, string member)
    {
        var element = parent.GetProperty(member);
        if (element.ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"'{member}' is not a string");
        }

        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException($"'{member}' is not Unicode text");
        }
    }
}
