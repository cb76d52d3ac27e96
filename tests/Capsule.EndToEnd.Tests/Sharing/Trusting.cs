using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sharing;

/// <summary>Who may release what, seen by a consumer without a terminal.</summary>
[TestClass]
public sealed class Trusting
{
    [TestMethod]
    public async Task NobodysSignatureIsRefused()
    {
        using var release = await Release.StartAsync();
        var identity = await release.PublishAsync();

        var refused = await release.Consumer.RefusesAsync(5, "CAP3130", "install", "acme/site", "--feed", release.Feed);

        StringAssert.Contains(refused.Error, $"--identity {identity}");
        NothingIsStored(release);
        await release.TrustAsync();
        await release.Consumer.RefusesAsync(5, "CAP31", "install", "acme/site", "--feed", release.Feed);
        NothingIsStored(release);
    }

    [TestMethod]
    public async Task AnUnknownSignersPackageIsAcceptedByItsExactIdentityOnly()
    {
        using var release = await Release.StartAsync();
        await release.KeyAsync("quantum", algorithm: "ml-dsa-65");
        await release.KeyAsync("edwards", algorithm: "ed25519");
        var identity = await release.PublishAsync("1.0.0", "hello", "acme", "quantum", "edwards");

        var refused = await release.Consumer.RefusesAsync(5, "CAP3132", "install", "acme/site", "--feed", release.Feed);
        StringAssert.Contains(refused.Error, "capsule trust add");
        StringAssert.Contains(refused.Error, $"--identity {identity}");
        foreach (var key in new[] { "acme", "quantum", "edwards" })
        {
            StringAssert.Contains(refused.Error, await release.FingerprintAsync(key), "The keys came along with the package.");
        }

        NothingIsStored(release);

        var other = identity[..^1] + (identity[^1] == '0' ? '1' : '0');
        await release.Consumer.RefusesAsync(5, "CAP3142", "install", "acme/site", "--feed", release.Feed, "--identity", other);
        await release.Consumer.RefusesAsync(2, "CAP9100", "install", "acme/site", "--feed", release.Feed, "--identity", "capsule-tree/1:abc");
        NothingIsStored(release);
        await release.Consumer.DoAsync("install", "acme/site", "--feed", release.Feed, "--identity", identity);
    }

    [TestMethod]
    public async Task AnotherKeyUnderTheSameScopeIsRefused()
    {
        using var release = await Release.StartAsync();
        await release.KeyAsync("mallory");
        await release.PublishAsync("1.0.0", "hello", "mallory");
        await release.TrustAsync();

        await release.Consumer.RefusesAsync(5, "CAP31", "install", "acme/site", "--feed", release.Feed);
        NothingIsStored(release);
    }

    [TestMethod]
    public async Task AFeedThatHidesTheNewestVersionIsRefused()
    {
        using var release = await Release.StartAsync();
        await release.TrustAsync();
        await release.PublishAsync("1.0.0", "old", "acme");
        await release.PublishAsync("1.1.0", "new", "acme");
        await release.Consumer.DoAsync("install", "acme/site", "--feed", release.Feed);
        File.Delete(Path.Combine(release.Feed, "acme.site.1.1.0.nupkg"));

        await release.Consumer.RefusesAsync(5, "CAP3135", "install", "acme/site", "--feed", release.Feed);
        await release.Consumer.DoAsync("install", "acme/site@1.0.0", "--feed", release.Feed);
    }

    [TestMethod]
    public async Task APackageOnTwoFeedsIsRefused()
    {
        using var release = await Release.StartAsync();
        await release.TrustAsync();
        await release.PublishAsync("1.0.0", "hello", "acme");
        var second = Directory.CreateDirectory(release.Author["second"]).FullName;
        File.Copy(Path.Combine(release.Feed, "acme.site.1.0.0.nupkg"), Path.Combine(second, "acme.site.1.0.0.nupkg"));

        await release.Consumer.RefusesAsync(5, "CAP4006", "install", "acme/site", "--feed", release.Feed, "--feed", second);
        NothingIsStored(release);
    }

    [TestMethod]
    public async Task ARevokedKeyCountsForNothing()
    {
        using var release = await Release.StartAsync();
        await release.TrustAsync();
        await release.PublishAsync("1.0.0", "hello", "acme");
        await release.Consumer.DoAsync("trust", "revoke", await release.FingerprintAsync("acme"), "--reason", "lost laptop");

        var refused = await release.Consumer.RefusesAsync(5, "CAP31", "install", "acme/site", "--feed", release.Feed);
        StringAssert.Contains(refused.Error, "CAP3138");
        StringAssert.Contains(refused.Error, "lost laptop");
        NothingIsStored(release);
    }

    [TestMethod]
    public async Task AFileIsJudgedLikeAFeedsPackage()
    {
        using var release = await Release.StartAsync();
        await release.PackAsync("1.0.0", "hello", "acme");

        await release.Consumer.RefusesAsync(5, "CAP3132", "install", release.Package("1.0.0"));
        NothingIsStored(release);
        await release.TrustAsync();
        await release.Consumer.DoAsync("install", release.Package("1.0.0"));
        await release.Consumer.RefusesAsync(8, "CAP5430", "run", release.Package("1.0.0"));
    }

    [TestMethod]
    public async Task APersonAtATerminalIsAskedOnceAndTheDefaultIsNo()
    {
        using var release = await Release.StartAsync();
        await release.PublishAsync("1.0.0", "hello", "acme");
        var declined = await release.Consumer.AtATerminalAsync("\n", "install", "acme/site", "--feed", release.Feed);
        Assert.AreEqual(5, declined.ExitCode, declined.All);
        StringAssert.Contains(declined.Output, "[y/N]");
        StringAssert.Contains(declined.Output, await release.FingerprintAsync("acme"));
        StringAssert.Contains(declined.Output, "CAP3141");
        NothingIsStored(release);

        var accepted = await release.Consumer.AtATerminalAsync("y\n", "install", "acme/site", "--feed", release.Feed);
        Assert.AreEqual(0, accepted.ExitCode, accepted.All);

        // The signer is known now: no question for the next version, and another signer is refused.
        await release.PublishAsync("1.1.0", "hello again", "acme");
        await release.Consumer.DoAsync("install", "acme/site", "--feed", release.Feed);
        await release.KeyAsync("mallory");
        await release.PublishAsync("1.2.0", "goodbye", "mallory");
        await release.Consumer.RefusesAsync(5, "CAP3133", "install", "acme/site", "--feed", release.Feed);
    }

    private static void NothingIsStored(Release release) =>
        Assert.IsEmpty(release.Stored.Where(e => e != ".incoming"), string.Join(", ", release.Stored));
}
