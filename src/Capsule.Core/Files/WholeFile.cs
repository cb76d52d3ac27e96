using System.Text;

namespace Capsule.Core.Files;

/// <summary>
/// Writes small files whole or not at all: a temporary neighbour, flushed to the disk, then renamed. Whoever is stopped
/// in between leaves no half of a file that looks finished.
/// </summary>
public static class WholeFile
{
    /// <summary>Writes a file and the folders it needs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of its bytes.</param>
    /// <param name="mode">Who may read and write it, where the system knows modes; null for what the umask gives.</param>
    /// <param name="replace">False keeps a file that is there and throws <see cref="IOException"/>.</param>
    /// <param name="hidden">True begins the temporary name with a dot, for folders whose other files mean something.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? mode = null, bool replace = true, bool hidden = false)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var name = hidden ? "." + Path.GetFileName(path) : Path.GetFileName(path);
        StaleFiles.Sweep(folder, $"{name}.{new string('?', 32)}.tmp");
        var temporary = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}.tmp");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (mode is not null && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, replace);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes lines in UTF-8, each ended by LF.</summary>
    public static void Lines(string path, IEnumerable<string> lines) =>
        Write(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));

    /// <summary>Makes a step's empty result, or gives it the present time.</summary>
    public static void Stamp(string path) => Write(path, []);
}
