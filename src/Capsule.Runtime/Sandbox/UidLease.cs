using System.Globalization;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// One user id, held by this process alone for as long as a cell lives. The record is a locked file per id, so that a lease
/// ends with its process, however that ends.
/// </summary>
internal sealed class UidLease : IDisposable
{
    // flock's answer for a file that another process holds.
    private const int WouldBlock = 11;

    private static readonly Lock Gate = new();
    private readonly FileStream? _lock;

    private UidLease(int uid, FileStream? held)
    {
        Uid = uid;
        _lock = held;
    }

    public int Uid { get; }

    /// <summary>The runner's own id, which needs no lease.</summary>
    public static UidLease Own(int uid) => new(uid, null);

    public static Result<UidLease> Take(UidRange? range, string folder)
    {
        if (range is null)
        {
            return SandboxDiagnostics.UidRangeMissing.Now();
        }

        if (range.Problem() is { } problem)
        {
            return SandboxDiagnostics.UidRangeInvalid.Now(range.ToString(), problem);
        }

        try
        {
            return TakeFree(range, folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return SandboxDiagnostics.UidNotRecorded.Now(folder, fault.Message);
        }
    }

    public void Dispose() => _lock?.Dispose();

    private static Result<UidLease> TakeFree(UidRange range, string folder)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        lock (Gate)
        {
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder, OwnerOnly);
            }

            for (var uid = range.First; uid <= range.Last; uid++)
            {
                try
                {
                    var path = Path.Combine(folder, uid.ToString(CultureInfo.InvariantCulture));
                    return new UidLease(uid, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                }
                catch (IOException held) when (held.HResult == WouldBlock)
                {
                    // By a living cell.
                }
            }
        }

        return SandboxDiagnostics.UidsInUse.Now(range.Count);
    }
}
