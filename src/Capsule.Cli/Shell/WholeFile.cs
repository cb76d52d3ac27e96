namespace Capsule.Cli.Shell;

/// <summary>Writes a file whole or not at all.</summary>
internal static class WholeFile
{
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var incoming = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(content, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(incoming, path, overwrite: true);
        }
        finally
        {
            File.Delete(incoming);
        }
    }
}
