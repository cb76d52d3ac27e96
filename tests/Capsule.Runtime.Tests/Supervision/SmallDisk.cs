using System.Diagnostics;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>A disk of one MiB that a test can fill: a tmpfs over a folder of its own. Only root can mount one where a runner could use it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Size = 1 << 20;
    private readonly TemporaryFolder _folder = new();
    private readonly bool _mounted;

    public SmallDisk()
    {
        Directory.CreateDirectory(Path);
        if (!Environment.IsPrivilegedProcess)
        {
            Dispose();
            Assert.Inconclusive("A disk of its own needs root.");
        }

        Run("mount", "-t", "tmpfs", "-o", $"size={Size},mode=0700", "none", Path);
        _mounted = true;
    }

    public string Path => _folder["disk"];

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Leaves no room at all.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (file.Length <= Size)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", "--lazy", Path);
        }

        _folder.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, program);
    }
}
