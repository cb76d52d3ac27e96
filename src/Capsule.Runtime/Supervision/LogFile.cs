using System.Text;
using System.Text.Json;

namespace Capsule.Runtime.Supervision;

/// <summary>One file of a run's log: whole lines only, and a new file when it is full, with one old one beside it.</summary>
/// <param name="path">The file; the old one is <c>path.1</c>.</param>
/// <param name="limit">Bytes after which a new one begins.</param>
internal sealed class LogFile(string path, long limit) : IDisposable
{
    private FileStream? _file;

    /// <summary>Adds a line, or nothing of it: <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.</summary>
    public void Write(LogLine line)
    {
        var file = _file ??= Open();
        if (file.Length > limit)
        {
            Dispose();
            File.Move(path, path + ".1", overwrite: true);
            file = _file = Open();
        }

        var whole = file.Length;
        try
        {
            file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, LogReader.Json) + "\n"));
        }
        catch
        {
            // A disk that fills in the middle of a line has taken its beginning.
            file.SetLength(whole);
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private FileStream Open() => new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
