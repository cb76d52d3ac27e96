namespace Capsule.Core.Files;

/// <summary>
/// Removes what a killed program left under a temporary name. A name that somebody still writes to is held by its lock and has
/// just been written to; only one that is neither goes.
/// </summary>
public static class StaleFiles
{
    /// <summary>How long nothing was written: more than any pause of a living writer.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    /// <summary>Removes the stale files of a pattern in one folder. Whatever cannot be removed stays; it is nobody's error.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="pattern">With <c>*</c> and <c>?</c>; the rest is literal.</param>
    public static void Sweep(string folder, string pattern)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { MatchCasing = MatchCasing.CaseSensitive, AttributesToSkip = FileAttributes.ReparsePoint }))
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > Age && !RegularFile.IsSpecial(file))
                {
                    Remove(file);
                }
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The write that follows says what is wrong with the folder.
        }
    }

    private static void Remove(string file)
    {
        try
        {
            using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            File.Delete(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Somebody writes to it, or it is not ours.
        }
    }
}
