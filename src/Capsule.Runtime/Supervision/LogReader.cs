using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Capsule.Runtime.Supervision;

/// <summary>Reads the logs of a run, living or dead, for <c>capsule logs</c>.</summary>
public static class LogReader
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>All lines so far in the order of their time.</summary>
    /// <param name="home">Where logs are kept.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="process">Only this process or cell; null for all.</param>
    public static IReadOnlyList<LogLine> Read(CapsuleHome home, string runId, string? process = null)
    {
        var folder = Path.Combine(home.Logs, runId);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder).OrderByDescending(f => f, StringComparer.Ordinal).SelectMany(Lines).Where(l => Concerns(l, process)).OrderBy(l => l.Time)];
    }

    /// <summary>The lines so far and then each new one, until the run is over.</summary>
    public static async IAsyncEnumerable<LogLine> FollowAsync(
        CapsuleHome home, string runId, string? process, [EnumeratorCancellation] CancellationToken cancel)
    {
        var seen = 0;
        while (true)
        {
            var lives = FileLock.IsHeld(Path.Combine(home.Runs, runId, RunFolder.LockName));
            var all = Read(home, runId, process);
            foreach (var line in all.Skip(seen))
            {
                yield return line;
            }

            // Rotation takes the oldest lines away.
            seen = all.Count;
            if (!lives)
            {
                yield break;
            }

            await Task.Delay(200, cancel);
        }
    }

    private static bool Concerns(LogLine line, string? process) =>
        process is null || line.Process == process || line.Process.StartsWith(process + "/", StringComparison.Ordinal);

    private static IEnumerable<LogLine> Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } text)
        {
            if (Parse(text) is { } line)
            {
                yield return line;
            }
        }
    }

    private static LogLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LogLine>(text, Json);
        }
        catch (JsonException)
        {
            // The last line of a runner that was killed may be cut off.
            return null;
        }
    }
}
