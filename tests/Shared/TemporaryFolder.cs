namespace Capsule.Tests;

/// <summary>A fresh folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("capsule-test-").FullName;
    }

    public string Path { get; }

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a UTF-8 file, making its folders, and returns its full path.</summary>
    public string Write(string relative, string content)
    {
        var file = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>Programs that a test started may have children of their own that still write for a moment.</summary>
    public void Dispose()
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); Directory.Exists(Path); Thread.Sleep(50))
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (waited.Elapsed < TimeSpan.FromSeconds(5))
            {
            }
        }
    }
}
