using System.Text;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>The text files that are part of this repository or will be with the next commit.</summary>
internal static class TrackedFiles
{
    private static readonly Lazy<Task<IReadOnlyList<(string Path, string Text)>>> All = new(ReadAsync);

    /// <summary>Paths are relative to the checkout, with slashes.</summary>
    public static Task<IReadOnlyList<(string Path, string Text)>> ReadTextsAsync() => All.Value;

    private static async Task<IReadOnlyList<(string Path, string Text)>> ReadAsync()
    {
        // A checkout in a container may belong to another user; git then wants to be told that this is meant.
        var list = await Command.RunAsync("git", ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], Checkout.Root);
        Assert.AreEqual(0, list.ExitCode, list.Error);
        var files = new List<(string, string)>();
        foreach (var path in list.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
        {
            var file = Checkout.File(path);
            if (File.Exists(file) && await File.ReadAllBytesAsync(file) is var bytes && !bytes.Contains((byte)0))
            {
                files.Add((path, Encoding.UTF8.GetString(bytes)));
            }
        }

        Assert.IsTrue(files.Count > 100, $"git lists {files.Count} files.");
        return files;
    }
}
