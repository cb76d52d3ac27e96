using System.Text;
using System.Text.Json;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// The log of one run: a file per process under <c>logs/&lt;run&gt;/</c>, and whoever watches. A full disk silences the files,
/// never the workload.
/// </summary>
internal sealed class RunLog(string folder, Action<LogLine>? watcher) : IDisposable
{
    /// <summary>A workload that logs for ever fills twice this and no more.</summary>
    internal const long LargestFile = 10L << 20;
    private const int Remembered = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileStream> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<string>> _last = new(StringComparer.Ordinal);

    public long FileLimit { get; init; } = LargestFile;

    public void Add(LogLine line)
    {
        lock (_gate)
        {
            Remember(line);
            Write(line);
        }

        watcher?.Invoke(line);
    }

    public void Say(string text, LogLevel level = LogLevel.Info) => Add(new LogLine(DateTimeOffset.UtcNow, LogLine.Runner, "runner", level, text));

    /// <summary>The last lines of a process, for a message: each on a line of its own, printable, or nothing.</summary>
    public string Tail(string process)
    {
        lock (_gate)
        {
            return _last.TryGetValue(process, out var lines) ? string.Concat(lines.Select(l => TerminalText.Quote + l)) : "";
        }
    }

    public static string FileName(string process) => SafeName.Of(process.Replace('/', '.').Replace('.', '-')) + ".log";

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var file in _files.Values)
            {
                file.Dispose();
            }

            _files.Clear();
        }
    }

    private void Remember(LogLine line)
    {
        if (!_last.TryGetValue(line.Process, out var lines))
        {
            _last[line.Process] = lines = new Queue<string>();
        }

        lines.Enqueue(line.Printable.Length <= 300 ? line.Printable : line.Printable[..300] + "…");
        if (lines.Count > Remembered)
        {
            lines.Dequeue();
        }
    }

    private void Write(LogLine line)
    {
        try
        {
            var name = FileName(line.Process);
            if (!_files.TryGetValue(name, out var file))
            {
                _files[name] = file = Open(name);
            }

            if (file.Length > FileLimit)
            {
                file.Dispose();
                File.Move(Path.Combine(folder, name), Path.Combine(folder, name + ".1"), overwrite: true);
                _files[name] = file = Open(name);
            }

            file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, LogReader.Json) + "\n"));
            file.Flush();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // No space left, or the log is closed already.
        }
    }

    private FileStream Open(string name) => new(Path.Combine(folder, name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
}
