namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>What an IDE asks while a project is open: it must not fail, write, or run a task of ours (specs: msbuild-sdk 3.10).</summary>
[TestClass]
public class DesignTime
{
    /// <summary>What Visual Studio and Rider give every such build.</summary>
    private static readonly string[] Ide =
    [
        "-p:DesignTimeBuild=true", "-p:BuildingProject=false", "-p:BuildingInsideVisualStudio=true", "-p:SkipCompilerExecution=true",
        "-p:ProvideCommandLineArgs=true", "-p:ContinueOnError=ErrorAndContinue", "-p:BuildProjectReferences=false",
    ];

    /// <summary>Targets that the IDEs name, and every public target of ours that a hook of the user's may pull in.</summary>
    private static readonly string[] Asked =
    [
        "CompileDesignTime", "ResolveAssemblyReferences", "ResolveProjectReferences", "ResolvePackageDependenciesDesignTime", "CollectPackageReferences",
        "Compile", "CoreCompile", "GetTargetPath", "GetTargetPathWithTargetPlatformMoniker", "GetCopyToOutputDirectoryItems", "GetNativeManifest",
        "BuiltProjectOutputGroup", "ContentFilesProjectOutputGroup", "DesignTimeResolveAssemblyReferences", "CreateManifestResourceNames",
        "CapsuleCollectInputs", "CapsuleValidate", "CapsuleCheckLock", "CapsuleAssemble", "CapsuleSign",
    ];

    private static readonly string[] Tasks =
        ["ValidatePackage", "CheckLock", "AssemblePackage", "SignPackage", "ReplayDiagnostics", "VerifyPackage", "PackEnvelope", "PushPackage"];

    [TestMethod]
    public async Task NeverFailsOrWorksOrWrites()
    {
        using var site = await Scenario.SiteAsync();
        site.Write("Directory.Build.props", "<Project><PropertyGroup><CapsuleSign>true</CapsuleSign><CapsuleKeyId>nobody</CapsuleKeyId></PropertyGroup></Project>");
        var manifest = await File.ReadAllTextAsync(site["capsule.toml"]);

        await Ask(site, "not restored");
        (await site.Dotnet("restore", "--nologo", "-v:q")).Succeeds();
        await Ask(site, "restored");
        site.Write("capsule.toml", "name = [this is not TOML");
        await Ask(site, "broken manifest");
        site.Write("capability.yml", "name: two");
        await Ask(site, "two manifests");
        File.Delete(site["capability.yml"]);
        File.Delete(site["capsule.toml"]);
        await Ask(site, "no manifest");
        site.Edit("Directory.Build.props", "<CapsuleSign>true", "<CapsuleManifest>gone/capsule.toml</CapsuleManifest><CapsuleSign>perhaps");
        await Ask(site, "missing manifest, unknown value");

        site.Write("capsule.toml", manifest);
        File.Delete(site["Directory.Build.props"]);
        (await site.Rebuild()).Succeeds();
        var made = Files(site);
        site.Write("capsule.toml", manifest + "\n[strange]\n");
        await Ask(site, "built before");
        CollectionAssert.AreEqual(made, Files(site));
    }

    private static async Task Ask(Scenario site, string state)
    {
        var before = Files(site);
        var run = await site.Dotnet(["msbuild", "-nologo", "-v:d", $"-t:{string.Join(';', Asked)}", .. Ide]);
        Assert.AreEqual(0, run.Command.ExitCode, $"{state}:\n{run.Output}");
        foreach (var task in Tasks)
        {
            run.NeverSays($"Task \"{task}\"");
        }

        Assert.AreEqual("", string.Join('\n', Files(site).Except(before).Where(f => f.Contains("apsule.", StringComparison.Ordinal))), state);
    }

    private static string[] Files(Scenario site) =>
        Directory.Exists(site["obj"])
            ? [.. Directory.EnumerateFiles(site["obj"], "*", SearchOption.AllDirectories).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}").Order(StringComparer.Ordinal)]
            : [];
}
