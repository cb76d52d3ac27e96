namespace Capsule.Runtime.Shadows;

/// <summary>A regular file as it was found.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Hash">SHA-256 in lower-case hex; null when the file is larger than anything that is written back.</param>
/// <param name="Executable">Whether its owner may execute it.</param>
internal sealed record FileState(long Length, string? Hash, bool Executable);

/// <summary>Everything below a folder, by path with <c>/</c>.</summary>
/// <param name="Files">The regular files.</param>
/// <param name="Links">The symbolic links with what they say.</param>
/// <param name="Folders">The folders that were looked into.</param>
/// <param name="Left">What was not looked at, with the reason; a folder ends with <c>/</c>.</param>
internal sealed record FolderState(
    IReadOnlyDictionary<string, FileState> Files, IReadOnlyDictionary<string, string> Links, IReadOnlySet<string> Folders, IReadOnlyDictionary<string, string> Left)
{
    public static FolderState Empty { get; } = new(new Dictionary<string, FileState>(), new Dictionary<string, string>(), new HashSet<string>(), new Dictionary<string, string>());
}
