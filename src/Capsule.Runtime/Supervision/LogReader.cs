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

    /// <summary>All lines so far in the order in which they came.</summary>
    /// <param name="home">Where logs are kept.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="process">Only this process or cell; null for all.</param>
    public static IReadOnlyList<LogLine> Read(CapsuleHome home, string runId, string? process = null)
    {
        var folder = Path.Combine(home.Logs, runId);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder).OrderByDescending(f => f, StringComparer.Ordinal).SelectMany(Lines).Where(l => Concerns(l, process)).OrderBy(l => l.Number)];
    }

    /// <summary>The lines so far and then each new one, until the run is over.</summary>
    public static async IAsyncEnumerable<LogLine> FollowAsync(
        CapsuleHome home, string runId, string? process, [EnumeratorCancellation] CancellationToken cancel)
    {
        // What was rotated away before we came is read once; the rest is followed where it grows.
        var folder = Path.Combine(home.Logs, runId);
        var tails = new Dictionary<string, LogTail>(StringComparer.Ordinal);
        var rotated = Files(folder, "*.log.1").SelectMany(Lines).ToList();
        try
        {
            while (true)
            {
                var lives = FileLock.IsHeld(Path.Combine(home.Runs, runId, RunFolder.LockName));
                foreach (var file in Files(folder, "*.log"))
                {
                    tails.TryAdd(file, new LogTail(file));
                }

                var fresh = rotated.Concat(tails.Values.SelectMany(t => t.Read()).Select(Parse).OfType<LogLine>());
                foreach (var line in fresh.Where(l => Concerns(l, process)).OrderBy(l => l.Number).ToList())
                {
                    yield return line;
                }

                rotated.Clear();
                if (!lives)
                {
                    yield break;
                }

                await Task.Delay(200, cancel);
            }
        }
        finally
        {
            foreach (var tail in tails.Values)
            {
                tail.Dispose();
            }
        }
    }

    private static string[] Files(string folder, string pattern) => Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];

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
