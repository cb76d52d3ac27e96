using System.IO.Compression;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>The SDK as users get it: packed once for the whole run, restored into one package folder of the run's own.</summary>
internal static class PackedSdk
{
    private static readonly Lazy<Task<PackedFeed>> Shared = new(PackAsync);

    public static Task<PackedFeed> FeedAsync() => Shared.Value;

    private static async Task<PackedFeed> PackAsync()
    {
        var pack = await Command.RunAsync(Checkout.File("build", "pack"), [], Checkout.Root, DotnetEnvironment.Clean, TimeSpan.FromMinutes(8));
        Assert.AreEqual(0, pack.ExitCode, pack.All);
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        Directory.CreateDirectory(folder["packages"]);
        foreach (var package in Directory.EnumerateFiles(Checkout.File("artifacts", "packages"), "Capsule.*.nupkg"))
        {
            File.Copy(package, folder["packages", Path.GetFileName(package)]);
        }

        Republish(folder["packages", $"Capsule.Sdk.{PackedFeed.Version}.nupkg"], folder["packages", $"Capsule.Sdk.{PackedFeed.NextVersion}.nupkg"]);
        return new PackedFeed(folder["packages"], folder["restored"]);
    }

    /// <summary>The same SDK under its next version, with files that are older than any project's.</summary>
    private static void Republish(string from, string to)
    {
        using var source = ZipFile.OpenRead(from);
        using var target = ZipFile.Open(to, ZipArchiveMode.Create);
        foreach (var entry in source.Entries.Where(e => !e.FullName.EndsWith(".psmdcp", StringComparison.Ordinal)))
        {
            var copy = target.CreateEntry(entry.FullName, CompressionLevel.Fastest);
            copy.LastWriteTime = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var input = entry.Open();
            using var output = copy.Open();
            if (entry.FullName is "Capsule.Sdk.nuspec" or "build/Capsule.Version.props")
            {
                using var reader = new StreamReader(input);
                using var writer = new StreamWriter(output);
                writer.Write(reader.ReadToEnd().Replace(PackedFeed.Version, PackedFeed.NextVersion, StringComparison.Ordinal));
            }
            else
            {
                input.CopyTo(output);
            }
        }
    }
}

/// <summary>A folder feed with the packed SDK, and the folder into which NuGet unpacks it.</summary>
internal sealed record PackedFeed(string Packages, string Restored)
{
    public const string Version = "1.0.0-dev";

    public const string NextVersion = "1.0.1-dev";
}
