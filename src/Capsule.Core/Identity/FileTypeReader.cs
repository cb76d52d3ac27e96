namespace Capsule.Core.Identity;

/// <summary>
/// Asks the system what a path names. The platform's attributes do not tell a pipe from a file, and opening a pipe
/// waits for a writer: a folder could make us hang.
/// </summary>
public static class FileTypeReader
{
    /// <summary>What the path itself is; a link is a link.</summary>
    public static FileType Read(string path) => FileStamp.Of(path).Type;

    /// <summary>What the path leads to.</summary>
    public static FileType ReadTarget(string path) => FileStamp.OfTarget(path).Type;
}
