using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>Each change that matters makes a build do something, whatever the times of the files say (specs: msbuild-sdk 2.1).</summary>
[TestClass]
public class Changing
{
    private static readonly string[] Steps = ["_CapsuleValidate", "_CapsuleCheckLock", "_CapsuleAssemble"];

    [TestMethod]
    public async Task AFile()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build()).Succeeds();

        site.Edit("site/index.html", "</html>", "<!-- edited --></html>");
        Assert.IsFalse(await site.IsUpToDateAsync());
        (await site.Rebuild()).Runs(Steps);

        site.Write("site/old;100%.html", "older than the container");
        site.Age("site", "old;100%.html");
        (await site.Rebuild()).Runs(Steps);
        CollectionAssert.Contains(await site.PackedAsync(), "site/old;100%.html");
        (await site.Rebuild()).Succeeds().Skips(Steps);

        // Another case, the same time: only the name tells.
        File.Move(site["site", "old;100%.html"], site["site", "Old;100%.html"]);
        (await site.Rebuild()).Runs(Steps);

        File.Delete(site["site", "Old;100%.html"]);
        site.Write("site/.well-known/security.txt", "Contact: mailto:nobody@example.org");
        site.Age("site", ".well-known", "security.txt");
        (await site.Rebuild()).Runs(Steps);
        var packed = await site.PackedAsync();
        CollectionAssert.Contains(packed, "site/.well-known/security.txt");
        Assert.IsFalse(packed.Any(p => p.Contains("ld;100%", StringComparison.Ordinal)));

        File.Delete(site["site", "style.css"]);
        (await site.Rebuild()).Runs(Steps);
        Assert.IsTrue(await site.IsUpToDateAsync());
    }

    [TestMethod]
    public async Task AnOption()
    {
        using var site = await Scenario.SiteAsync();
        var project = $"""
            <Project Sdk="Capsule.Sdk/{PackedFeed.Version}">
              <PropertyGroup>
                <EnableDefaultCapsuleItems>false</EnableDefaultCapsuleItems>
                <One Condition="'$(One)' == ''">index.html</One>
                <Two Condition="'$(Two)' == ''">style.css</Two>
              </PropertyGroup>
              <ItemGroup><CapsuleFile Include="site/$(One);site/$(Two)" /></ItemGroup>
            </Project>
            """;
        site.Write("StaticSite.capproj", project);
        (await site.Build()).Succeeds();

        // Globs find files in any order; the order is no change.
        (await site.Rebuild("-p:One=style.css", "-p:Two=index.html")).Succeeds().Skips(Steps);
        (await site.Rebuild("-p:One=style.css")).Runs(Steps);
        (await site.Rebuild()).Runs(Steps);

        site.Write("StaticSite.capproj", project.Replace("<PropertyGroup>", "<PropertyGroup><CapsulePublisher>acme</CapsulePublisher>", StringComparison.Ordinal));
        site.Age("StaticSite.capproj");
        (await site.Rebuild()).Runs(Steps);

        site.Write("Directory.Build.props", "<Project><PropertyGroup><CapsuleSourceDateEpoch>86400</CapsuleSourceDateEpoch></PropertyGroup></Project>");
        site.Age("Directory.Build.props");
        (await site.Rebuild()).Runs(Steps);

        (await site.Rebuild("-p:CapsulePublisher=other")).Runs(Steps);
        (await site.Rebuild("-p:CapsulePublisher=other")).Succeeds().Skips(Steps);
    }

    [TestMethod]
    public async Task TheSdk()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build()).Succeeds();

        site.Edit("StaticSite.capproj", PackedFeed.Version, PackedFeed.NextVersion);
        site.Age("StaticSite.capproj");
        (await site.Rebuild()).Runs(Steps);

        site.Edit("StaticSite.capproj", "/" + PackedFeed.NextVersion, "");
        site.Age("StaticSite.capproj");
        WriteGlobalJson(site, PackedFeed.NextVersion);
        (await site.Rebuild()).Succeeds().Skips(Steps);
        WriteGlobalJson(site, PackedFeed.Version);
        (await site.Rebuild()).Runs(Steps);
    }

    [TestMethod]
    public async Task AnOutput()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build()).Succeeds();
        var bytes = await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]);

        File.Delete(site["bin", "Debug", "StaticSite.capsule"]);
        (await site.Rebuild()).Succeeds().Skips(Steps);
        CollectionAssert.AreEqual(bytes, await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]));

        File.Delete(site["obj", "Debug", "StaticSite.capsule"]);
        (await site.Rebuild()).Skips("_CapsuleValidate").Runs("_CapsuleAssemble");

        Directory.Delete(site["obj", "Debug"], recursive: true);
        Directory.Delete(site["bin"], recursive: true);
        (await site.Rebuild()).Runs(Steps);
        CollectionAssert.AreEqual(bytes, await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]));
    }

    [TestMethod]
    public async Task WhatLiesElsewhere()
    {
        using var site = await Scenario.SiteAsync();
        Directory.CreateDirectory(site["..", "shared"]);
        await File.WriteAllTextAsync(site["..", "shared", "licence.txt"], "one");
        site.Write("StaticSite.capproj", $"""
            <Project Sdk="Capsule.Sdk/{PackedFeed.Version}">
              <ItemGroup><CapsuleFile Include="../shared/licence.txt" PackagePath="legal/" /></ItemGroup>
            </Project>
            """);
        (await site.Build()).Succeeds();
        CollectionAssert.Contains(await site.PackedAsync(), "legal/licence.txt");

        await File.WriteAllTextAsync(site["..", "shared", "licence.txt"], "two");
        (await site.Rebuild()).Runs(Steps);

        // The manifest of another folder brings the files of that folder.
        Directory.CreateDirectory(site["..", "other", "site"]);
        await File.WriteAllTextAsync(site["..", "other", "capsule.toml"], (await File.ReadAllTextAsync(site["capsule.toml"])).Replace("1.0.0", "2.0.0", StringComparison.Ordinal));
        await File.WriteAllTextAsync(site["..", "other", "site", "index.html"], "<html></html>");
        (await site.Rebuild("-p:CapsuleManifest=../other/capsule.toml")).Runs(Steps);
        CollectionAssert.DoesNotContain(await site.PackedAsync(), "site/style.css");
        await File.WriteAllTextAsync(site["..", "other", "site", "new.html"], "<html></html>");
        site.Age("..", "other", "site", "new.html");
        (await site.Rebuild("-p:CapsuleManifest=../other/capsule.toml")).Runs(Steps);
        CollectionAssert.Contains(await site.PackedAsync(), "site/new.html");
        (await site.Rebuild("-p:CapsuleManifest=../other/capsule.toml")).Succeeds().Skips(Steps);

        // Back again: what the other manifest's build left must not count.
        (await site.Rebuild()).Runs(Steps);
        CollectionAssert.Contains(await site.PackedAsync(), "site/style.css");
    }

    [TestMethod]
    public async Task TheTestFileAndTheLock()
    {
        using var kit = await Scenario.KitAsync();
        (await kit.Build()).Succeeds().Says("HelloKit.capakit");
        (await kit.Rebuild()).Succeeds().Skips(Steps);

        kit.Write("capproj.lock", "version = 1\nsdk = \"0.0.1\"\n");
        kit.Age("capproj.lock");
        (await kit.Rebuild()).Runs(Steps).Says("capproj.lock").Says("warning CAP1002");
        (await kit.Rebuild("-p:CapsuleLocked=true")).Fails().Says("error CAP1002");
        File.Delete(kit["capproj.lock"]);
        (await kit.Rebuild("-p:CapsuleLocked=true")).Fails().Says("error CAP1001");

        kit.Edit("capability-test.yml", "kind: mcp", "kind: telepathy");
        (await kit.Rebuild()).Fails().Says("capability-test.yml(3,").Says("error CAP0203");
    }

    [TestMethod]
    public async Task TheKey()
    {
        using var site = await Scenario.SiteAsync();
        var home = site["..", "home"];
        (string, string?)[] environment = [("CAPSULE_HOME", home), ("THE_PASSPHRASE", "a passphrase of the test")];
        string[] signed = ["build", "--nologo", "-v:n", "-p:CapsulePublisher=acme", "-p:CapsuleSign=true", "-p:CapsuleKeyId=maintainer", "-p:CapsuleKeyPassphraseVariable=THE_PASSPHRASE"];
        var signature = site["bin", "Debug", "StaticSite.capsule.sigstore.jsonl"];
        MakeKey(home);
        (await site.Dotnet(environment, signed)).Runs("_CapsuleSign");
        (await site.Dotnet(environment, [.. signed, "--no-restore"])).Succeeds().Skips("_CapsuleSign");
        var first = await File.ReadAllTextAsync(signature);

        // Another key under the same name.
        Directory.Delete(Path.Combine(home, "keys"), recursive: true);
        MakeKey(home);
        (await site.Dotnet(environment, [.. signed, "--no-restore"])).Succeeds().Skips(Steps).Runs("_CapsuleSign");
        Assert.AreNotEqual(first, await File.ReadAllTextAsync(signature));

        // As a file, and then another file's content.
        string[] byFile = [.. signed.Where(a => !a.Contains("KeyId", StringComparison.Ordinal)), "--no-restore", $"-p:CapsuleKeyFile={Path.Combine(home, "keys", "maintainer.key")}"];
        (await site.Dotnet(environment, byFile)).Runs("_CapsuleSign");
        (await site.Dotnet(environment, byFile)).Succeeds().Skips("_CapsuleSign");
        Directory.Delete(Path.Combine(home, "keys"), recursive: true);
        MakeKey(home);
        (await site.Dotnet(environment, byFile)).Succeeds().Skips(Steps).Runs("_CapsuleSign");

        // Several, each in its role, and one of them an item.
        site.Write("Directory.Build.props", """
            <Project>
              <PropertyGroup><CapsuleKeyId>maintainer;security=maintainer</CapsuleKeyId></PropertyGroup>
              <ItemGroup><CapsuleSigningKey Include="maintainer" Role="legal" PassphraseVariable="THE_PASSPHRASE" /></ItemGroup>
            </Project>
            """);
        string[] several = [.. signed.Where(a => !a.Contains("KeyId", StringComparison.Ordinal)), "--no-restore"];
        (await site.Dotnet(environment, several)).Succeeds().Runs("_CapsuleSign");
        var roles = SignatureLines.Read(await File.ReadAllBytesAsync(signature)).Value!.Lines.Select(l => l.Release!.Role).Distinct();
        CollectionAssert.IsSubsetOf(new[] { "release", "security", "legal" }, roles.ToArray());

        // The same on a command line, where a semicolon would end the property.
        (await site.Dotnet(environment, [.. several, "-p:CapsuleKeyId=maintainer%3Bsecurity=maintainer"])).Succeeds().Skips("_CapsuleSign");
        (await site.Dotnet(environment, [.. several, "-p:CapsuleKeyId=maintainer%3Bboard=maintainer"])).Succeeds().Runs("_CapsuleSign");
        Assert.Contains("board", SignatureLines.Read(await File.ReadAllBytesAsync(signature)).Value!.Lines.Select(l => l.Release!.Role));
    }

    private static void MakeKey(string home)
    {
        using var passphrase = Secret.FromText("a passphrase of the test");
        Assert.IsTrue(KeyStore.In(home).Create("maintainer", KeyPurpose.Release, passphrase).Succeeded);
    }

    private static void WriteGlobalJson(Scenario site, string version)
    {
        // Above the project, where no glob sees it.
        File.WriteAllText(site["..", "global.json"], $$"""{ "msbuild-sdks": { "Capsule.Sdk": "{{version}}" } }""");
        site.Age("..", "global.json");
    }
}
