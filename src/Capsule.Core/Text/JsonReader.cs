using System.Text;
using System.Text.Json;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>
/// Reads strict JSON (RFC 8259) into positioned nodes, within <see cref="JsonLimits"/>. Refused besides: duplicate names, escapes
/// of half a surrogate pair, numbers beyond the range of a double. An integer beyond 64 bits becomes a float.
/// </summary>
public static class JsonReader
{
    public static Result<Node> Read(SourceText source)
    {
        var bytes = Encoding.UTF8.GetBytes(source.Text);
        var problems = new List<Diagnostic>();
        try
        {
            var tree = new JsonTree(source, bytes, problems);
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = JsonLimits.Depth + 1 });
            reader.Read();
            var root = tree.Value(ref reader, depth: 0);
            reader.Read();
            return problems.Count == 0 ? root : Result.Failed<Node>(problems);
        }
        catch (RefusedException e)
        {
            return Result.Failed<Node>([.. problems, e.Diagnostic]);
        }
        catch (JsonException e)
        {
            return Result.Failed<Node>([.. problems, Syntax(source, bytes, e)]);
        }
    }

    private static Diagnostic Syntax(SourceText source, byte[] bytes, JsonException e)
    {
        var start = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
        {
            start += bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        }

        var end = Math.Min(bytes.Length, start + (int)(e.BytePositionInLine ?? 0));
        var offset = Encoding.UTF8.GetCharCount(bytes, 0, end);
        var message = e.Message.Split(" LineNumber:")[0].Replace(" Change the reader options.", "", StringComparison.Ordinal);
        return JsonDiagnostics.Syntax.At(
            new LineMap(source).Span(offset, Math.Min(offset + 1, source.Text.Length)), char.ToLowerInvariant(message[0]) + message[1..]);
    }
}
