using System.Text;

namespace Capsule.Runtime.Supervision;

/// <summary>Reads what is added to one log file, whole lines only, across its rotation.</summary>
internal sealed class LogTail(string path) : IDisposable
{
    private readonly List<byte> _partial = [];
    private FileStream? _file;

    /// <summary>The lines that came since the last call.</summary>
    public IReadOnlyList<string> Read()
    {
        var lines = new List<string>();
        _file ??= Open();
        if (_file is null)
        {
            return lines;
        }

        Drain(lines);
        if (IsRotated())
        {
            // The open descriptor still led to the old file, which has just been read to its end.
            _file.Dispose();
            _partial.Clear();
            _file = Open();
            Drain(lines);
        }

        return lines;
    }

    public void Dispose() => _file?.Dispose();

    private FileStream? Open()
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A file under the old name that is shorter than what was read is another one: logs only grow.</summary>
    private bool IsRotated() => File.Exists(path + ".1") && new FileInfo(path) is { Exists: true } now && now.Length < _file!.Position;

    private void Drain(List<string> lines)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while (_file is not null && (read = _file.Read(buffer)) > 0)
        {
            foreach (var value in buffer.AsSpan(0, read))
            {
                if (value != (byte)'\n')
                {
                    _partial.Add(value);
                    continue;
                }

                lines.Add(Encoding.UTF8.GetString([.. _partial]));
                _partial.Clear();
            }
        }
    }
}
