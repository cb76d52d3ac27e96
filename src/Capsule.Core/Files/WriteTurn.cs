using System.Diagnostics;

namespace Capsule.Core.Files;

/// <summary>
/// The right to change a file, held by one process at a time: <c>FILE.lock</c> beside it, which is gone again afterwards. Who reads, changes
/// and writes a file in one turn loses nothing of what others write.
/// </summary>
public sealed class WriteTurn : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What the systems call a file that another has: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION.</summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _held;

    private WriteTurn(FileStream held) => _held = held;

    /// <summary>Waits for the turn; null when another process keeps it for longer than the timeout.</summary>
    public static async Task<WriteTurn?> TakeAsync(string file, TimeSpan timeout, CancellationToken cancel)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            if (TryTake(file) is { } turn)
            {
                return turn;
            }

            if (clock.Elapsed >= timeout)
            {
                return null;
            }

            await Task.Delay(Pause, cancel);
        }
    }

    /// <inheritdoc cref="TakeAsync"/>
    public static WriteTurn? Take(string file, TimeSpan timeout) => TakeAsync(file, timeout, CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            // There, a file that is open stays; whoever comes next uses it.
            _held.Dispose();
            return;
        }

        File.Delete(_held.Name);
        _held.Dispose();
    }

    private static WriteTurn? TryTake(string file)
    {
        var path = Path.GetFullPath(file) + ".lock";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream held;
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException problem) when (Array.IndexOf(Held, problem.HResult) >= 0)
        {
            return null;
        }

        if (IsStillThere(held))
        {
            return new WriteTurn(held);
        }

        held.Dispose();
        return null;
    }

    /// <summary>
    /// Between opening and locking, the one before may have removed the file, and the next may have made another: then this lock holds
    /// nothing. A length that is nobody else's tells, since a lock keeps everyone from opening the file to look.
    /// </summary>
    private static bool IsStillThere(FileStream held)
    {
        var length = Random.Shared.Next(1, 1 << 20);
        held.SetLength(length);
        return new FileInfo(held.Name) is { Exists: true } now && now.Length == length;
    }
}
