namespace Capsule.Runtime.Supervision;

/// <summary>
/// An advisory lock (flock) on a file of its own. It vanishes with the process that holds it, however that ends, which
/// is what makes a run record trustworthy without a daemon.
/// </summary>
internal sealed class FileLock : IDisposable
{
    // flock's answer on Linux, and the platform's own on Windows. Anything else (a full disk, no rights) is no lock of another.
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock, or returns null when another process (or another holder in this one) has it.</summary>
    public static FileLock? TryTake(string file)
    {
        try
        {
            return new FileLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem) when (problem.HResult is WouldBlock or SharingViolation)
        {
            return null;
        }
    }

    public static async Task<FileLock> TakeAsync(string file, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake(file) is { } taken)
            {
                return taken;
            }

            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>True while someone holds the lock. Asks with a shared lock, so that askers do not take each other for holders.</summary>
    public static bool IsHeld(string file)
    {
        try
        {
            using var probe = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _stream.Dispose();
}
