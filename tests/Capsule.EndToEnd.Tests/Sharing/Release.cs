using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.EndToEnd.Tests.Running;

namespace Capsule.EndToEnd.Tests.Sharing;

/// <summary>An author with a key and a site, a feed, and a consumer with a home of their own.</summary>
internal sealed class Release : IDisposable
{
    public CapsuleProgram Author { get; } = new() { Environment = { ["PASSPHRASE"] = "correct horse battery staple" } };

    public CapsuleProgram Consumer { get; } = new();

    public string Feed => Author["feed"];

    /// <summary>The author's public key, as it would be given to others.</summary>
    public string PublicKey => Author["acme.pub"];

    public string Container(string version) => Author["out", version, "site.capsule"];

    public string Package(string version) => Author["out", version, $"acme.site.{version}.nupkg"];

    /// <summary>What the consumer's store holds: every file and folder below it.</summary>
    public IReadOnlyList<string> Stored => Listing(Path.Combine(Consumer.Home, "store"));

    public static async Task<Release> StartAsync()
    {
        var release = new Release();
        Directory.CreateDirectory(release.Feed);
        await release.KeyAsync("acme");
        return release;
    }

    public static IReadOnlyList<string> Listing(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Makes a key of the author and writes its public half to a file.</summary>
    public async Task KeyAsync(string id, string purpose = "release", string algorithm = "ecdsa-p256")
    {
        await Author.DoAsync("key", "new", id, "--purpose", purpose, "--algorithm", algorithm, "--passphrase-variable", "PASSPHRASE");
        Author.Write($"{id}.pub", await Author.DoAsync("key", "show", id));
    }

    public async Task<string> FingerprintAsync(string id) =>
        JsonNode.Parse(await Author.DoAsync("key", "list", "--json"))!["data"]!.AsArray().Single(k => (string?)k!["id"] == id)!["fingerprint"]!.GetValue<string>();

    /// <summary>Packs a version of the site, signed with the named keys; the package's identity.</summary>
    public async Task<string> PackAsync(string version = "1.0.0", string text = "hello", params string[] keys)
    {
        Author.Write("site/capsule.toml", Programs.Site(version: version));
        Author.Write("site/site/index.html", $"<!doctype html><title>{text}</title>{text}\n");
        string[] signing = [.. keys.SelectMany(k => new[] { "--key", k }), .. keys.Length > 0 ? new[] { "--passphrase-variable", "PASSPHRASE" } : []];
        var printed = await Author.DoAsync(["pack", "site", "--publisher", "acme", "-o", Author["out", version], .. signing]);
        return printed.Split('\n')[^1];
    }

    /// <summary>Packs, signs and publishes a version.</summary>
    public async Task<string> PublishAsync(string version = "1.0.0", string text = "hello", params string[] keys)
    {
        var identity = await PackAsync(version, text, keys);
        await Author.DoAsync("publish", Package(version), "--feed", Feed);
        return identity;
    }

    /// <summary>The consumer learns who the author is.</summary>
    public Task TrustAsync(string key = "acme") => Consumer.DoAsync("trust", "add", key, "--match", "acme/*", "--key", Author[$"{key}.pub"]);

    public void Dispose()
    {
        Author.Dispose();
        Consumer.Dispose();
    }
}
