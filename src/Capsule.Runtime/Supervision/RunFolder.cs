using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// One run's own folder: its lock, its record, and what it needs while it lives. Everything but the record goes when the run
/// ends; what a killed runner left goes when the next one starts.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    internal const string RecordName = "record.json";
    internal const string LockName = "lock";
    private const int KeptRecords = 50;

    private readonly CapsuleHome _home;
    private readonly FileLock _lock;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NextTry = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Timer _later;
    private bool _written = true;
    private bool _closing;

    private RunFolder(CapsuleHome home, string path, FileLock taken, RunRecord record)
    {
        (_home, Path, _lock, Record) = (home, path, taken, record);
        _later = new Timer(_ => WriteWhatIsNew());
    }

    public string Path { get; }

    public RunRecord Record { get; private set; }

    public string Logs => System.IO.Path.Combine(_home.Logs, Record.Id);

    /// <summary>Makes the folder of a new run and sweeps those of dead ones.</summary>
    public static async Task<Result<RunFolder>> CreateAsync(CapsuleHome home, PackageReference package, string source, Grants grants, CancellationToken cancel)
    {
        try
        {
            using var turn = await FileLock.TakeAsync(System.IO.Path.Combine(home.Runs, ".lock"), cancel);
            Sweep(home);
            var id = FreeId(home, package.Name);
            return Make(home, new RunRecord
            {
                Id = id,
                Package = package,
                Source = source,
                Runner = ProcessIdentity.Self(),
                Started = DateTimeOffset.UtcNow,
                State = RunState.Preparing,
                Grants = grants,
            });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return SupervisionDiagnostics.NotKept.Now(home.Root, problem.Message);
        }
    }

    /// <summary>All of a new run's folder, or nothing.</summary>
    private static RunFolder Make(CapsuleHome home, RunRecord record)
    {
        var path = System.IO.Path.Combine(home.Runs, record.Id);
        var logs = System.IO.Path.Combine(home.Logs, record.Id);
        FileLock? taken = null;
        try
        {
            CapsuleHome.MakePrivate(path);
            taken = FileLock.TryTake(System.IO.Path.Combine(path, LockName)) ?? throw new IOException("its lock is taken");
            CapsuleHome.MakePrivate(logs);
            var folder = new RunFolder(home, path, taken, record);
            folder.Write(record);
            return folder;
        }
        catch
        {
            taken?.Dispose();
            ReadOnlyTree.Remove(path);
            ReadOnlyTree.Remove(logs);
            throw;
        }
    }

    /// <summary>Changes the record. A new state is on disk at once; hundreds of processes that start at a time are written together.</summary>
    public void Update(Func<RunRecord, RunRecord> change)
    {
        lock (_gate)
        {
            var state = Record.State;
            Record = change(Record);
            if (Record.State != state)
            {
                _written = false;
                WriteWhatIsNew();
            }
            else if (_written)
            {
                _written = false;
                _later.Change(LongestDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void WriteWhatIsNew()
    {
        lock (_gate)
        {
            if (_written)
            {
                return;
            }

            try
            {
                Write(Record);
                _written = true;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // A full disk must not end what runs; until there is room again the record on it is older than it should be.
                if (!_closing)
                {
                    _later.Change(NextTry, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    /// <summary>A private folder of the run.</summary>
    public string Folder(params string[] parts)
    {
        var path = System.IO.Path.Combine([Path, .. parts]);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Ends the run: only record and logs stay.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
        }

        WriteWhatIsNew();
        _later.Dispose();
        try
        {
            Clear(Path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The next run sweeps what is left.
        }

        // What was cleared away has made room.
        WriteWhatIsNew();
        _lock.Dispose();
    }

    private static void Sweep(CapsuleHome home)
    {
        var dead = new DirectoryInfo(home.Runs).EnumerateDirectories()
            .Where(d => !FileLock.IsHeld(System.IO.Path.Combine(d.FullName, LockName)))
            .OrderByDescending(d => d.LastWriteTimeUtc)
            .ToList();
        foreach (var (index, folder) in dead.Index())
        {
            try
            {
                Clear(folder.FullName);
                if (index >= KeptRecords || !File.Exists(System.IO.Path.Combine(folder.FullName, RecordName)))
                {
                    ReadOnlyTree.Remove(folder.FullName);
                    ReadOnlyTree.Remove(System.IO.Path.Combine(home.Logs, folder.Name));
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Left by another user's runner; theirs to sweep.
            }
        }
    }

    private static void Clear(string run)
    {
        foreach (var folder in Directory.EnumerateDirectories(run))
        {
            ReadOnlyTree.Remove(folder);
        }

        // A runner that was killed while it wrote its record leaves half of a new one.
        foreach (var file in Directory.EnumerateFiles(run).Where(f => System.IO.Path.GetFileName(f) is not (RecordName or LockName)))
        {
            File.Delete(file);
        }
    }

    private static string FreeId(CapsuleHome home, string name)
    {
        var stem = SafeName.Of(name);
        while (true)
        {
            var id = $"{stem}-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3))}";
            if (!Directory.Exists(System.IO.Path.Combine(home.Runs, id)))
            {
                return id;
            }
        }
    }

    private void Write(RunRecord record)
    {
        var final = System.IO.Path.Combine(Path, RecordName);
        var fresh = final + ".new";
        try
        {
            using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
            {
                file.Write(JsonSerializer.SerializeToUtf8Bytes(record, RunRecord.Json));
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, final, overwrite: true);
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }
    }
}
