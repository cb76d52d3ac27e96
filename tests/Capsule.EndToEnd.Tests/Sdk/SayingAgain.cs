namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A warning does not vanish because its step was up to date (specs: msbuild-sdk 1.8).</summary>
[TestClass]
public class SayingAgain
{
    private static readonly string[] Steps = ["_CapsuleValidate", "_CapsuleCheckLock"];

    [TestMethod]
    public async Task WhatValidateAndTheLockWarnedOf()
    {
        using var site = await Scenario.SiteAsync();
        site.Edit("capsule.toml", "[metadata]", "colour = \"blue\"\n\n[metadata]");
        site.Write("capproj.lock", "version = 1\nsdk = \"0.0.1\"\n");
        var first = (await site.Build()).Succeeds().Says("warning CAP0002").Says("warning CAP1002");

        var second = (await site.Rebuild()).Succeeds().Skips(Steps);
        CollectionAssert.AreEqual(Warnings(first), Warnings(second));
        Assert.HasCount(2, Warnings(second));
        Assert.IsTrue(Warnings(second).Any(w => w.StartsWith(site["capsule.toml"] + "(7,1", StringComparison.Ordinal)), second.Output);
        (await site.Dotnet("build", "--no-restore", "--nologo", "-v:d")).Says("Task \"ReplayDiagnostics\"").NeverSays("Task \"ValidatePackage\"");

        (await site.Rebuild("-p:CapsuleReplayDiagnostics=false")).Succeeds().Skips(Steps).NeverSays("warning CAP");
        (await site.Rebuild("-p:NoWarn=CAP0002")).Succeeds().Skips(Steps).Says("warning CAP1002").NeverSays("warning CAP0002");
        (await site.Rebuild("-p:WarningsAsErrors=CAP1002")).Fails().Says("warning CAP0002").Says("error CAP1002");
        (await site.Rebuild("-p:TreatWarningsAsErrors=true", "-p:WarningsNotAsErrors=CAP1002")).Fails().Says("error CAP0002").NeverSays("error CAP1002");
        (await site.Rebuild("-p:TreatWarningsAsErrors=true", "-p:CapsuleReplayDiagnostics=false")).Fails().Says("error CAP0002");

        // The cause is gone: nothing is left to say.
        site.Edit("capsule.toml", "colour = \"blue\"", "");
        File.Delete(site["capproj.lock"]);
        (await site.Rebuild()).Runs(Steps).NeverSays("warning CAP");
        (await site.Rebuild()).Succeeds().Skips(Steps).NeverSays("warning CAP");
    }

    [TestMethod]
    public async Task APromotedWarningFailsEveryBuildUntilItIsGone()
    {
        using var site = await Scenario.SiteAsync();
        site.Edit("capsule.toml", "[metadata]", "colour = \"blue\"\n\n[metadata]");
        string[] strict = ["-p:TreatWarningsAsErrors=true"];

        (await site.Build(strict)).Fails().Says("error CAP0002");
        (await site.Rebuild(strict)).Fails().Says("error CAP0002");
        (await site.Rebuild([.. strict, "-p:CapsuleReplayDiagnostics=false"])).Fails().Says("error CAP0002");
        Assert.IsFalse(Directory.Exists(site["bin", "Debug"]) && File.Exists(site["bin", "Debug", "StaticSite.capsule"]));

        site.Edit("capsule.toml", "colour = \"blue\"", "");
        (await site.Rebuild(strict)).Succeeds();
    }

    private static string[] Warnings(BuildRun run) =>
        [.. run.Output.Split('\n').Where(l => l.Contains(": warning CAP", StringComparison.Ordinal)).Select(l => l.Trim().Split(">")[^1]).Distinct().Order(StringComparer.Ordinal)];
}
