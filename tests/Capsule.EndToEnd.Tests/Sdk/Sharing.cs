using System.IO.Compression;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>What leaves the project folder: packages, published files, signatures, pushes. And what never does.</summary>
[TestClass]
public class Sharing
{
    private const string Marker = "kQ7-marker-passphrase-0451";
    private static readonly string[] Named = ["-p:CapsulePublisher=acme", "-p:Version=1.2.3"];

    [TestMethod]
    public async Task PacksAnEnvelopeOnceAndAgainWhenItIsGone()
    {
        using var site = await Scenario.SiteAsync();

        (await Pack(site)).Succeeds();
        var package = site["bin", "Release", "acme.static-site.1.0.0.nupkg"];
        using (var zip = ZipFile.OpenRead(package))
        {
            CollectionAssert.Contains(zip.Entries.Select(e => e.Name).ToArray(), "StaticSite.capsule");
        }

        (await Pack(site)).Succeeds().Skips("_CapsulePack");
        File.Delete(package);
        (await Pack(site)).Runs("_CapsulePack");
        Assert.IsTrue(File.Exists(package));

        (await site.Dotnet(["pack", "--nologo", "-v:q", "-o", site["elsewhere"], .. Named])).Succeeds();
        Assert.IsTrue(File.Exists(site["elsewhere", "acme.static-site.1.0.0.nupkg"]));
    }

    [TestMethod]
    public async Task SaysWhatAPackageOnAFeedNeeds()
    {
        using var kit = await Scenario.KitAsync();

        (await kit.Dotnet("pack", "--nologo", "-v:q", "-p:Version=1.2.3")).Fails().Says("error CAP23");
        (await kit.Dotnet("pack", "--nologo", "-v:q", "-p:CapsulePublisher=acme")).Fails().Says("error CAP23");
    }

    [TestMethod]
    public async Task PublishesTheVerifiedContainerWithItsSignatureLines()
    {
        using var site = await Scenario.SiteAsync();
        var (environment, signing) = Key(site);

        (await site.Dotnet(environment, ["publish", "--nologo", "-v:n", "-o", site["out"], .. Named, .. signing])).Runs("_CapsuleSign", "_CapsuleVerify");

        CollectionAssert.AreEquivalent(
            new[] { "StaticSite.capsule", "StaticSite.capsule.sigstore.jsonl" }, Directory.GetFiles(site["out"]).Select(Path.GetFileName).ToArray());
        var line = SignatureLines.Read(await File.ReadAllBytesAsync(site["out", "StaticSite.capsule.sigstore.jsonl"])).Value!.Lines.Single();
        Assert.AreEqual("pkg:capsule/acme/static-site@1.0.0", line.Release!.Purl);

        (await site.Dotnet(environment, ["publish", "--no-restore", "--nologo", "-v:n", "-o", site["out"], .. Named, .. signing])).Succeeds().Skips("_CapsuleSign", "_CapsuleVerify");
        (await site.Dotnet(environment, ["msbuild", "-question", "-nologo", "-v:q", "-p:Configuration=Release", .. Named, .. signing])).Succeeds();

        // With a provenance key: two lines more, and the release line is not made anew.
        using (var passphrase = Secret.FromText(Marker))
        {
            Assert.IsTrue(KeyStore.In(environment[0].Value!).Create("ci", KeyPurpose.Provenance, passphrase).Succeeded);
        }

        (await site.Dotnet(environment, ["publish", "--no-restore", "--nologo", "-v:n", "-o", site["out"], "-p:CapsuleProvenanceKeyId=ci", .. Named, .. signing])).Runs("_CapsuleSign");
        var lines = SignatureLines.Read(await File.ReadAllBytesAsync(site["out", "StaticSite.capsule.sigstore.jsonl"])).Value!.Lines;
        CollectionAssert.AreEqual(
            new[] { line.Statement!.PredicateType, "https://slsa.dev/provenance/v1", "https://spdx.dev/Document" }, lines.Select(l => l.Statement!.PredicateType).ToArray());
        Assert.AreEqual(line.Json, lines[0].Json);

        (await site.Dotnet(environment, ["clean", "-c", "Release", "--nologo", "-v:q", .. signing])).Succeeds();
        Assert.IsEmpty(Directory.GetFiles(site["bin", "Release"]));
    }

    [TestMethod]
    public async Task RefusesToPublishAContainerThatWasChanged()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build("-c", "Release")).Succeeds();
        var container = site["bin", "Release", "StaticSite.capsule"];
        var bytes = await File.ReadAllBytesAsync(container);
        bytes[^40] ^= 1;
        await File.WriteAllBytesAsync(container, bytes);

        (await site.Dotnet("publish", "--no-build", "--nologo", "-v:q", "-o", site["out"])).Fails().Says("error CAP2");
        Assert.IsEmpty(Directory.Exists(site["out"]) ? Directory.GetFiles(site["out"]) : []);
    }

    [TestMethod]
    public async Task PushesToAFolderFeed()
    {
        using var site = await Scenario.SiteAsync();
        (await Push(site)).Fails().Says("error CAP9056");
        (await Push(site, $"-p:CapsuleFeed={site["feed"]}")).Fails().Says("error CAP4001");

        Directory.CreateDirectory(site["feed"]);
        (await Push(site, $"-p:CapsuleFeed={site["feed"]}")).Succeeds();
        Assert.HasCount(1, Directory.GetFiles(site["feed"], "*.nupkg", SearchOption.AllDirectories));

        (await Push(site, $"-p:CapsuleFeed={site["feed"]}")).Succeeds();
        site.Write("site/more.html", "other content");
        (await Push(site, $"-p:CapsuleFeed={site["feed"]}")).Fails().Says("error CAP4005");
    }

    [TestMethod]
    public async Task NoSecretIsInTheLogsOfSignAndPush()
    {
        using var site = await Scenario.SiteAsync();
        var (environment, signing) = Key(site);
        using var feed = new HttpFeed();
        (string, string?)[] secrets = [.. environment, ("THE_FEED_KEY", Marker + "-feed")];

        var push = (await site.Dotnet(secrets, ["build", "--nologo", "-v:diag", "-bl:push.binlog", "-t:CapsulePush",
            $"-p:CapsuleFeed={feed.Address}", "-p:CapsuleFeedKeyVariable=THE_FEED_KEY", .. Named, .. signing])).Succeeds();

        Assert.AreEqual(Marker + "-feed", feed.KeyReceived, "The key must have been used, or its absence from the log proves nothing.");
        Assert.IsTrue(File.Exists(site["bin", "Debug", "StaticSite.capsule.sigstore.jsonl"]));
        push.NeverSays(Marker);
        var log = await SecretTraces.ReadBinaryLogAsync(site["push.binlog"]);
        Assert.AreEqual("UTF-8", SecretTraces.In(log, "THE_FEED_KEY"), "The search must be able to find something.");
        Assert.AreEqual("", SecretTraces.In(log, Marker));
    }

    [TestMethod]
    public async Task RefusesToReadASecretWhileTheEnvironmentIsLogged()
    {
        using var site = await Scenario.SiteAsync();
        var (environment, signing) = Key(site);

        (await site.Dotnet([.. environment, ("MSBUILDLOGALLENVIRONMENTVARIABLES", "1")], ["build", "--nologo", "-v:q", .. Named, .. signing])).Fails().Says("error CAP9050");
        Assert.IsFalse(File.Exists(site["bin", "Debug", "StaticSite.capsule.sigstore.jsonl"]));
    }

    private static Task<BuildRun> Pack(Scenario site) => site.Dotnet(["pack", "--nologo", "-v:n", .. Named]);

    private static Task<BuildRun> Push(Scenario site, params string[] more) => site.Dotnet(["build", "--nologo", "-v:q", "-t:CapsulePush", .. Named, .. more]);

    /// <summary>A key in a CAPSULE_HOME of its own, and the properties that name it.</summary>
    private static ((string Name, string? Value)[] Environment, string[] Properties) Key(Scenario site)
    {
        var home = Path.Combine(Path.GetDirectoryName(site.Folder)!, "home");
        using var passphrase = Secret.FromText(Marker);
        Assert.IsTrue(KeyStore.In(home).Create("maintainer", KeyPurpose.Release, passphrase).Succeeded);
        return ([("CAPSULE_HOME", home), ("THE_PASSPHRASE", Marker)],
            ["-p:CapsuleSign=true", "-p:CapsuleKeyId=maintainer", "-p:CapsuleKeyPassphraseVariable=THE_PASSPHRASE"]);
    }
}
