namespace Capsule.Packaging.Archives;

/// <summary>What a member of an archive is; everything else is refused.</summary>
public enum ArchiveMemberKind
{
    File,
    Folder,
    Link,
}

/// <summary>One member of an archive, before any rule for paths was applied.</summary>
/// <param name="Kind">File, folder or symbolic link.</param>
/// <param name="Name">As in the archive, without slashes at the end; may be hostile.</param>
/// <param name="Size">Bytes of a file's content.</param>
/// <param name="Executable">True when the archive's mode says so.</param>
/// <param name="Target">A link's target; may be hostile.</param>
public sealed record ArchiveMember(ArchiveMemberKind Kind, string Name, long Size, bool Executable, string? Target = null);
