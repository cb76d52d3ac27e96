using System.IO.Compression;
using System.Text;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Sharing;

/// <summary>Whatever was changed on the way from author to consumer: refused with exit 5, and nothing is installed.</summary>
[TestClass]
public sealed class Tampering
{
    [TestMethod]
    public async Task OfTheContainerIsFoundByteByByte()
    {
        using var release = await Release.StartAsync();
        await release.PackAsync("1.0.0", "hello", "acme");
        await release.TrustAsync();
        var container = release.Container("1.0.0");
        var good = await File.ReadAllBytesAsync(container);
        foreach (var place in new[] { 0, good.Length / 3, good.Length / 2, good.Length - 1 })
        {
            var bad = (byte[])good.Clone();
            bad[place] ^= 0x10;
            await File.WriteAllBytesAsync(container, bad);
            await RefusedAsync(release, "install", container, "--publisher", "acme");
            await RefusedAsync(release, "verify", container, "--publisher", "acme");
        }

        await File.WriteAllBytesAsync(container, good[..^40]);
        await RefusedAsync(release, "install", container, "--publisher", "acme");
        await File.WriteAllBytesAsync(container, good);
        await release.Consumer.DoAsync("install", container, "--publisher", "acme");
    }

    [TestMethod]
    public async Task OfThePayloadIsFoundWhenTheContainerIsPackedAgain()
    {
        using var release = await Release.StartAsync();
        await release.PackAsync("1.0.0", "hello", "acme");
        await release.TrustAsync();
        var container = release.Container("1.0.0");
        var lines = await File.ReadAllBytesAsync(container + ".sigstore.jsonl");
        await release.PackAsync("1.0.0", "hellO", "acme");
        await File.WriteAllBytesAsync(container + ".sigstore.jsonl", lines);

        await RefusedAsync(release, "install", container, "--publisher", "acme");
    }

    [TestMethod]
    [DataRow("\"sig\":\"", "\"sig\":\"A", DisplayName = "the signature")]
    [DataRow("\"payload\":\"", "\"payload\":\"AAAA", DisplayName = "the statement")]
    [DataRow("{", "", DisplayName = "the line")]
    public async Task OfASignatureLineIsFound(string from, string to)
    {
        using var release = await Release.StartAsync();
        await release.PackAsync("1.0.0", "hello", "acme");
        await release.TrustAsync();
        var file = release.Container("1.0.0") + ".sigstore.jsonl";
        var text = await File.ReadAllTextAsync(file);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, at, text);
        await File.WriteAllTextAsync(file, text[..at] + to + text[(at + from.Length)..]);

        await RefusedAsync(release, "install", release.Container("1.0.0"), "--publisher", "acme");
        await RefusedAsync(release, "verify", release.Container("1.0.0"), "--publisher", "acme");
    }

    [TestMethod]
    public async Task OfTheTrustFileTrustsNothing()
    {
        using var release = await Release.StartAsync();
        await release.PublishAsync("1.0.0", "hello", "acme");
        await release.TrustAsync();
        var trust = Path.Combine(release.Consumer.Home, "trust.toml");
        var good = await File.ReadAllTextAsync(trust);

        await File.WriteAllTextAsync(trust, good + "\n[[");
        await RefusedAsync(release, "install", "acme/site", "--feed", release.Feed);
        await File.WriteAllTextAsync(trust, good.Replace("threshold", "treshold", StringComparison.Ordinal) + "\n[surprise]\n");
        await RefusedAsync(release, "install", "acme/site", "--feed", release.Feed);

        // An older copy of the file, from before a key was revoked.
        await File.WriteAllTextAsync(trust, good);
        await release.Consumer.DoAsync("trust", "revoke", await release.FingerprintAsync("acme"), "--reason", "stolen");
        await RefusedAsync(release, "install", "acme/site", "--feed", release.Feed);
        await File.WriteAllTextAsync(trust, good);
        var older = await RefusedAsync(release, "install", "acme/site", "--feed", release.Feed);
        StringAssert.Contains(older, "CAP3118");
    }

    /// <summary>A version that is not there put in the place of one, another package put in the place of this one, a file that is none.</summary>
    [TestMethod]
    public async Task OfAFeedEntrysFileNameIsFound()
    {
        using var release = await Release.StartAsync();
        await release.PublishAsync("1.0.0", "hello", "acme");
        await release.TrustAsync();
        var entry = Path.Combine(release.Feed, "acme.site.1.0.0.nupkg");
        var good = await File.ReadAllBytesAsync(entry);
        string At(string name) => Path.Combine(release.Feed, name);

        File.Move(entry, At("acme.site.2.0.0.nupkg"));
        StringAssert.Contains(await RefusedAsync(release, "install", "acme/site@2.0.0", "--feed", release.Feed), "CAP4012");
        StringAssert.Contains(await RefusedAsync(release, "install", "acme/site@1.0.0", "--feed", release.Feed), "inside it is acme.site 1.0.0");
        StringAssert.Contains(await RefusedAsync(release, "install", "acme/site", "--feed", release.Feed), "CAP4012");

        File.Move(At("acme.site.2.0.0.nupkg"), At("acme.other.1.0.0.nupkg"));
        StringAssert.Contains(await RefusedAsync(release, "install", "acme/other", "--feed", release.Feed), "CAP4012");

        await File.WriteAllBytesAsync(At("acme.third.1.0.0.nupkg"), good[..(good.Length / 2)]);
        StringAssert.Contains(await RefusedAsync(release, "install", "acme/third", "--feed", release.Feed), "no package that can be read");

        // The honest version beside a false one can still be had by its number.
        await File.WriteAllBytesAsync(entry, good);
        await release.PublishAsync("1.1.0", "hello again", "acme");
        File.Move(At("acme.site.1.1.0.nupkg"), At("acme.site.3.0.0.nupkg"));
        await RefusedAsync(release, "install", "acme/site", "--feed", release.Feed);
        await release.Consumer.DoAsync("install", "acme/site@1.0.0", "--feed", release.Feed);
    }

    [TestMethod]
    [DataRow("<version>1.0.0</version>", "<version>1.0.1</version>", "1.0.1")]
    [DataRow("<id>acme.site</id>", "<id>evil.site</id>", "1.0.0")]
    [DataRow("<id>acme.site</id>", "<id>acme.other</id>", "1.0.0")]
    public async Task OfTheNuspecIsFound(string from, string to, string version)
    {
        using var release = await Release.StartAsync();
        await release.PublishAsync("1.0.0", "hello", "acme");
        await release.TrustAsync();
        var entry = Path.Combine(release.Feed, "acme.site.1.0.0.nupkg");
        var id = to.StartsWith("<id>", StringComparison.Ordinal) ? to[4..^5] : "acme.site";
        var changed = Path.Combine(release.Feed, $"{id}.{version}.nupkg");
        Rewrite(entry, changed, (name, bytes) => name.EndsWith(".nuspec", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(Replaced(Encoding.UTF8.GetString(bytes), from, to)) : bytes);
        File.Delete(entry);

        await RefusedAsync(release, "install", id.Replace('.', '/'), "--feed", release.Feed);
    }

    [TestMethod]
    public async Task ByAnotherContainerInsideTheFeedEntryIsFound()
    {
        using var release = await Release.StartAsync();
        await release.PackAsync("1.0.0", "evil");
        var evil = await File.ReadAllBytesAsync(release.Container("1.0.0"));
        await release.PublishAsync("1.0.0", "hello", "acme");
        await release.TrustAsync();
        var entry = Path.Combine(release.Feed, "acme.site.1.0.0.nupkg");
        Rewrite(entry, entry + ".changed", (name, bytes) => name.EndsWith(".capsule", StringComparison.Ordinal) ? evil : bytes);
        File.Move(entry + ".changed", entry, overwrite: true);

        await RefusedAsync(release, "install", "acme/site", "--feed", release.Feed);
    }

    [TestMethod]
    public async Task ByPublishingAVersionAgainIsRefusedByFeedAndConsumer()
    {
        using var release = await Release.StartAsync();
        var first = await release.PublishAsync("1.0.0", "hello", "acme");
        await release.TrustAsync();
        await release.Consumer.DoAsync("install", "acme/site", "--feed", release.Feed);
        var before = release.Stored;

        await release.PackAsync("1.0.0", "goodbye", "acme");
        await release.Author.RefusesAsync(9, "CAP4005", "publish", release.Package("1.0.0"), "--feed", release.Feed);
        File.Copy(release.Package("1.0.0"), Path.Combine(release.Feed, "acme.site.1.0.0.nupkg"), overwrite: true);
        (await release.Consumer.RunAsync("install", "acme/site@1.0.0", "--feed", release.Feed)).Refused(5, "CAP3134");
        CollectionAssert.AreEqual(before.ToArray(), release.Stored.ToArray());
        StringAssert.Contains(await release.Consumer.DoAsync("list"), first);

        // Who has removed the package still remembers what it was.
        Directory.Delete(Path.Combine(release.Consumer.Home, "store", "acme"), recursive: true);
        (await release.Consumer.RunAsync("install", "acme/site@1.0.0", "--feed", release.Feed)).Refused(5, "CAP3134");
    }

    [TestMethod]
    [DataRow("site/index.html", true)]
    [DataRow("capsule.toml", true)]
    [DataRow("site/added.html", false)]
    public async Task OfTheInstalledFilesIsFoundBeforeTheyRun(string file, bool exists)
    {
        using var release = await Release.StartAsync();
        await release.PublishAsync("1.0.0", "hello", "acme");
        await release.TrustAsync();
        await release.Consumer.DoAsync("install", "acme/site", "--feed", release.Feed);
        var path = Path.Combine(release.Consumer.Home, "store", "acme", "site", "1.0.0", "tree", file);
        Assert.AreEqual(exists, File.Exists(path));
        await File.AppendAllTextAsync(path, "\n#");

        await release.Consumer.RefusesAsync(5, "CAP", "run", "acme/site", "--port", "0");
        Assert.AreEqual("", await release.Consumer.DoAsync("ps", "--all"), "nothing was started");
    }

    private static async Task<string> RefusedAsync(Release release, params string[] arguments)
    {
        var before = release.Stored;
        var run = await release.Consumer.RefusesAsync(5, "CAP", arguments);
        CollectionAssert.AreEqual(before.Where(NotEmptyIncoming).ToArray(), release.Stored.Where(NotEmptyIncoming).ToArray());
        return run.Error;
    }

    private static bool NotEmptyIncoming(string entry) => entry != ".incoming";

    private static string Replaced(string text, string from, string to)
    {
        StringAssert.Contains(text, from);
        return text.Replace(from, to, StringComparison.Ordinal);
    }

    private static void Rewrite(string from, string to, Func<string, byte[], byte[]> change)
    {
        using var source = ZipFile.OpenRead(from);
        using var target = ZipFile.Open(to, ZipArchiveMode.Create);
        foreach (var entry in source.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            using var written = target.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
            written.Write(change(entry.FullName, content.ToArray()));
        }
    }
}
