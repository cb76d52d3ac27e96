using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Trust.Envelopes;

namespace Capsule.EndToEnd.Tests.Sharing;

/// <summary>Provenance and SBOM as signed lines, from the author's key to the consumer's store.</summary>
[TestClass]
public sealed class Attesting
{
    private static readonly string[] Types = [ReleasePredicate.Type, "https://slsa.dev/provenance/v1", "https://spdx.dev/Document"];

    [TestMethod]
    public async Task IsKeptFromTheKeyToTheInstalledPackage()
    {
        using var release = await Release.StartAsync();
        await release.KeyAsync("ci", "provenance");
        await release.PackAsync("1.0.0", "hello", "acme");
        var container = release.Container("1.0.0");
        Assert.HasCount(1, Lines(container + ".sigstore.jsonl"), "no provenance key, only the release");

        await release.Author.DoAsync("sign", container, "--publisher", "acme", "--key", "ci", "--passphrase-variable", "PASSPHRASE");
        var lines = Lines(container + ".sigstore.jsonl");
        CollectionAssert.AreEqual(Types, lines.Select(l => l.Statement!.PredicateType).ToArray());
        await release.Author.DoAsync("publish", container, "--publisher", "acme", "--feed", release.Feed);

        await release.TrustAsync();
        var entry = Path.Combine(release.Feed, "acme.site.1.0.0.nupkg");
        var fingerprint = await release.FingerprintAsync("ci");
        StringAssert.EndsWith(
            await release.Consumer.DoAsync("verify", entry),
            $"provenance signed by a key that your trust file does not know: {fingerprint}\nSBOM signed by a key that your trust file does not know: {fingerprint}");

        await release.Consumer.RefusesAsync(2, "CAP9100", "trust", "add", "ci", "--key", release.Author["ci.pub"], "--match", "acme/*");
        await release.Consumer.RefusesAsync(2, "CAP9100", "trust", "add", "acme2", "--key", release.PublicKey);
        await release.Consumer.DoAsync("trust", "add", "ci", "--key", release.Author["ci.pub"]);
        StringAssert.EndsWith(await release.Consumer.DoAsync("verify", entry), "trusted by your trust file: acme\nprovenance signed by ci\nSBOM signed by ci");
        var told = JsonNode.Parse(await release.Consumer.DoAsync("verify", entry, "--json"))!["data"]!["attestations"]!.AsArray();
        CollectionAssert.AreEqual(Types[1..], told.Select(a => (string?)a!["type"]).ToArray());

        await release.Consumer.DoAsync("install", "acme/site", "--feed", release.Feed);
        var kept = release.Stored.Single(f => f.EndsWith("signatures.sigstore.jsonl", StringComparison.Ordinal));
        CollectionAssert.AreEqual(lines.Select(l => l.Json).ToArray(), Lines(Path.Combine(release.Consumer.Home, "store", kept)).Select(l => l.Json).ToArray());
    }

    [TestMethod]
    public async Task AloneReleasesNothing()
    {
        using var release = await Release.StartAsync();
        await release.KeyAsync("ci", "provenance");
        await release.PublishAsync("1.0.0", "hello", "ci");
        await release.TrustAsync();

        await release.Consumer.RefusesAsync(5, "CAP3131", "install", "acme/site", "--feed", release.Feed);
    }

    private static IReadOnlyList<SignatureLine> Lines(string file) => SignatureLines.Read(File.ReadAllBytes(file)).Value!.Lines;
}
