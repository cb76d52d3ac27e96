using System.Text.Json;

namespace Capsule.Runtime.Supervision;

/// <summary>Reads the structured lines that workload SDKs print (specs: kits 3.10); any other line is plain text.</summary>
internal static class StructuredLine
{
    public static LogLine Read(string process, string stream, string line, DateTimeOffset now)
    {
        var plain = new LogLine(now, process, stream, LogLevel.Info, line);
        if (!line.StartsWith("{\"v\":1", StringComparison.Ordinal))
        {
            return plain;
        }

        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 32 });
            var item = json.RootElement.GetProperty("ev");
            var level = item.GetProperty("level").GetString() switch
            {
                "Debug" => LogLevel.Debug,
                "Info" => LogLevel.Info,
                "Warn" => LogLevel.Warn,
                "Error" => LogLevel.Error,
                _ => throw new KeyNotFoundException(),
            };
            var time = item.TryGetProperty("time", out var at) && at.TryGetDouble(out var milliseconds) && milliseconds is > 0 and < 4e12
                ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
                : now;
            var fields = item.TryGetProperty("fields", out var f) && f.ValueKind is JsonValueKind.Object ? f.GetRawText() : null;
            return plain with { Time = time, Level = level, Text = WithoutMark(item.GetProperty("msg").GetString() ?? ""), Fields = fields };
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return plain;
        }
    }

    private static string WithoutMark(string text)
    {
        const string Mark = "[host-log][";
        return text.StartsWith(Mark, StringComparison.Ordinal) && text.IndexOf("] ", Mark.Length, StringComparison.Ordinal) is > 0 and < 24 and var end ? text[(end + 2)..] : text;
    }
}
