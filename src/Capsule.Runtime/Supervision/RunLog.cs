using System.Diagnostics;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Secrets;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// The log of one run: a file per process under <c>logs/&lt;run&gt;/</c>, and whoever watches. A full disk silences the files,
/// never the workload; the watcher is told at once, and the files as soon as there is room (CAP5418).
/// </summary>
internal sealed class RunLog(string folder, Action<LogLine>? watcher) : IDisposable
{
    /// <summary>A workload that logs for ever fills twice this and no more.</summary>
    internal const long LargestFile = 10L << 20;
    private const int Remembered = 20;
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<string>> _last = new(StringComparer.Ordinal);
    private readonly Stopwatch _told = new();
    private long _number;
    private long _missing;
    private string _reason = "";
    private bool _closed;

    /// <summary>What no line may hold.</summary>
    public SecretMask Mask { get; init; } = SecretMask.None;

    public long FileLimit { get; init; } = LargestFile;

    public void Add(LogLine line)
    {
        LogLine? notice = null;
        line = Masked(line);
        lock (_gate)
        {
            line = line with { Number = ++_number };
            Remember(line);
            if (!_closed)
            {
                notice = Keep(line);
            }
        }

        watcher?.Invoke(line);
        if (notice is not null)
        {
            watcher?.Invoke(notice);
        }
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
            _closed = true;
            foreach (var file in _files.Values)
            {
                file.Dispose();
            }

            _files.Clear();
        }
    }

    private LogLine Masked(LogLine line) => Mask.IsEmpty ? line : line with
    {
        Text = Mask.Apply(line.Text),
        Fields = line.Fields is { } fields ? Mask.Apply(fields) : null,
        Denial = line.Denial is { } denial ? denial with { Target = Mask.Apply(denial.Target), Grant = denial.Grant is { } grant ? Mask.Apply(grant) : null } : null,
    };

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

    /// <summary>Writes a line. A notice for the watcher when it is the first one that cannot be written.</summary>
    private LogLine? Keep(LogLine line)
    {
        if (!TryWrite(line))
        {
            _missing++;
            return IsTimeToTell() ? Notice() : null;
        }

        if (_missing > 0 && TryWrite(Notice()))
        {
            _missing = 0;
        }

        return null;
    }

    private bool TryWrite(LogLine line)
    {
        try
        {
            FileOf(line).Write(line);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _reason = problem.Message;
            return false;
        }
    }

    /// <summary>On an almost full disk short lines find room between long ones that do not.</summary>
    private bool IsTimeToTell()
    {
        if (_told.IsRunning && _told.Elapsed < BetweenNotices)
        {
            return false;
        }

        _told.Restart();
        return true;
    }

    private LogLine Notice()
    {
        var problem = SupervisionDiagnostics.NotLogged.Now(folder, _reason, _missing);
        return new LogLine(DateTimeOffset.UtcNow, LogLine.Runner, "runner", LogLevel.Warn, $"{problem.Code}: {problem.Message}") { Number = ++_number };
    }

    private LogFile FileOf(LogLine line)
    {
        var name = FileName(line.Process);
        if (!_files.TryGetValue(name, out var file))
        {
            _files[name] = file = new LogFile(Path.Combine(folder, name), FileLimit);
        }

        return file;
    }
}
