using System.IO.Enumeration;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Looks for socket files in a folder. The kernel's list of sockets has no full name for one that was bound by a relative path, and
/// none at all for one of another network namespace, such as a container's.
/// </summary>
internal static class SocketFiles
{
    /// <summary>A folder of models has a few thousand entries; one with more is a whole disk, where looking would delay each start.</summary>
    private const int MostLookedAt = 100_000;

    private const int Deepest = 32;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = Deepest,
        IgnoreInaccessible = true,
        AttributesToSkip = 0,
        ReturnSpecialDirectories = false,
    };

    /// <summary>The path of a socket at most <see cref="Deepest"/> folders down, links not followed; null when none was seen.</summary>
    public static string? Below(string folder) => new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), Everything)
    {
        ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
    }.Take(MostLookedAt).FirstOrDefault(path => FileStatus.Of(path) is { IsSocket: true });
}
