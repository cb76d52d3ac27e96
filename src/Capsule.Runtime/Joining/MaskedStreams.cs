using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Secrets;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Joining;

/// <summary>A caller's pipes for a command beside a run, with the runner's mask before two of them.</summary>
internal static class MaskedStreams
{
    /// <summary>The streams for the command; the caller's own where nothing is to be masked. They are no longer the callers'.</summary>
    public static CellStreams Of(CellStreams caller, SecretMask mask) => mask.IsEmpty ? caller : new CellStreams(caller.Input, Before(caller.Output, mask), Before(caller.Error, mask));

    private static SafeFileHandle Before(SafeFileHandle caller, SecretMask mask)
    {
        var (ours, theirs) = Descriptors.Pipe();

        // The session lets go of the caller's end when the command has ended; what it printed last may still be on its way.
        var own = new FileStream(FormattableString.Invariant($"/proc/self/fd/{caller.Number()}"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        _ = Task.Factory.StartNew(() => Pass(ours, own, mask), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        caller.Dispose();
        return theirs;
    }

    /// <summary>Until the command and whatever it started have closed their ends, or the caller its own.</summary>
    private static void Pass(SafeFileHandle from, FileStream to, SecretMask mask)
    {
        using var source = new FileStream(from, FileAccess.Read, bufferSize: 0);
        using var target = to;
        try
        {
            using var masked = mask.Writing(target);
            source.CopyTo(masked);
        }
        catch (IOException)
        {
            // The caller is gone; closing our end tells the command so.
        }
    }
}
