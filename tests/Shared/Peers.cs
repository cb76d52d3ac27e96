namespace Capsule.Tests;

/// <summary>
/// The programs of other people that <c>build/peers</c> fetched into <c>artifacts/peers</c>. Where one is missing, a test
/// that needs it fails with CI=true and is left out elsewhere.
/// </summary>
internal static class Peers
{
    /// <summary>The full path of a file or folder below <c>artifacts/peers</c>.</summary>
    public static string Path(params string[] parts)
    {
        var path = System.IO.Path.Combine([Root, .. parts]);
        if (File.Exists(path) || Directory.Exists(path))
        {
            return path;
        }

        var why = $"{string.Join('/', parts)} is not in artifacts/peers: run ./build/peers.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(why);
        }

        Assert.Inconclusive(why);
        return "";
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Capsule.sln")))
            {
                folder = folder.Parent;
            }

            return System.IO.Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "artifacts", "peers");
        }
    }
}
