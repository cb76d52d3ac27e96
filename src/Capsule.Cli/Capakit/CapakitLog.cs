using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Capakit;

/// <summary>Lines of a run's log on stderr: as text, or as one JSON object a line with CAPAKIT_LOG_FORMAT=json.</summary>
internal sealed class CapakitLog(Terminal terminal, CapakitSettings settings)
{
    private readonly CapakitPaint _paint = new(settings.Theme, terminal.Color);

    public void Print(LogLine line)
    {
        if (line.Level is LogLevel.Debug && !settings.Verbose)
        {
            return;
        }

        terminal.Error.WriteLine(settings.JsonLog ? Json(line).ToJsonString(JsonText.Compact) : Text(line));
    }

    private string Text(LogLine line)
    {
        var time = line.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var level = line.Level.ToString().ToUpperInvariant();
        var details = $"{(settings.Lineage ? string.Create(CultureInfo.InvariantCulture, $" process={line.Process} stream={line.Stream} number={line.Number}") : "")}"
            + $"{(settings.Fields && line.Fields is { } fields ? $" fields={TerminalText.Line(fields)}" : "")}";
        return $"{_paint.Faint($"{time} {level,-5}")} {_paint.Value(line.Process.Split('/')[0])} {line.Printable}{_paint.Faint(details)}";
    }

    private JsonObject Json(LogLine line)
    {
        var json = new JsonObject
        {
            ["time"] = line.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["level"] = line.Level.ToString().ToLowerInvariant(),
            ["source"] = line.Process.Split('/')[0],
            ["message"] = line.Printable,
        };
        if (settings.Lineage)
        {
            json["lineage"] = new JsonObject { ["process"] = line.Process, ["stream"] = line.Stream, ["number"] = line.Number };
        }

        if (settings.Fields && line.Fields is { } fields)
        {
            json["fields"] = Parse(fields);
        }

        if (line.Denial is { } denial)
        {
            json["denial"] = DenialJson.Of(denial);
        }

        return json;
    }

    /// <summary>A workload's fields, which need not be whole after a secret was masked in them.</summary>
    private static JsonNode? Parse(string fields)
    {
        try
        {
            return JsonNode.Parse(fields);
        }
        catch (System.Text.Json.JsonException)
        {
            return fields;
        }
    }
}
