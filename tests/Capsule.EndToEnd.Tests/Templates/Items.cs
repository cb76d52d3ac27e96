using Capsule.Cli.Shell;
using Capsule.EndToEnd.Tests.Sdk;

namespace Capsule.EndToEnd.Tests.Templates;

/// <summary>Item templates, and what creating does to files that exist.</summary>
[TestClass]
public class Items
{
    [TestMethod]
    public async Task ManifestsAndCasesGoIntoAFolderWithCode()
    {
        using var hive = await TemplateHive.WithTemplatesAsync();
        hive.Write("Notes/workloads/my-server/src/index.ts", "// The server.\n");
        (await hive.In("Notes", "new", "kit-manifest", "--workload", "My Server")).Succeeds();
        (await hive.In("Notes", "new", "kit-test")).Succeeds();

        var kit = SourcePackage.Compile(hive["Notes"]);
        Assert.IsTrue(kit.Succeeded);
        Assert.IsEmpty(kit.Diagnostics, string.Join('\n', kit.Diagnostics.Select(d => d.Message)));
        Assert.AreEqual("notes", kit.Value.Compiled.Pack.Package.Name);
        Assert.AreEqual("answers-at-its-root", kit.Value.Compiled.Tests?.Cases.Single().Id);

        hive.Write("App/server.mjs", "// The server.\n");
        (await hive.In("App", "new", "capsule-manifest", "-n", "Corner Shop", "--target", "node")).Succeeds();
        var capsule = SourcePackage.Compile(hive["App"]);
        Assert.IsTrue(capsule.Succeeded);
        Assert.AreEqual("corner-shop", capsule.Value.Compiled.Pack.Package.Name);

        hive.Write("Site/site/index.html", "<!doctype html><title>Site</title>");
        (await hive.In("Site", "new", "capsule-manifest")).Succeeds();
        Assert.AreEqual("site", SourcePackage.Compile(hive["Site"]).Value!.Compiled.Pack.Package.Name);
    }

    [TestMethod]
    public async Task NothingThatExistsIsReplacedWithoutForce()
    {
        const int WouldReplace = 73;
        using var hive = await TemplateHive.WithTemplatesAsync();
        hive.Write("Shop/notes.txt", "mine");
        hive.Write("Shop/README.md", "mine");

        var refused = (await hive.In("Shop", "new", "capsule")).Fails().Says("README.md").Says("--force");
        Assert.AreEqual(WouldReplace, refused.Command.ExitCode);
        Assert.AreEqual("mine", File.ReadAllText(hive["Shop", "README.md"]));
        Assert.IsFalse(File.Exists(hive["Shop", "capsule.toml"]));

        (await hive.In("Shop", "new", "capsule", "--force")).Succeeds();
        Assert.AreEqual("mine", File.ReadAllText(hive["Shop", "notes.txt"]));
        StringAssert.Contains(File.ReadAllText(hive["Shop", "README.md"]), "# Shop");

        foreach (var item in new[] { "capsule-manifest", "capproj" })
        {
            (await hive.In("Shop", "new", item)).Fails().Says("--force");
        }
    }

    [TestMethod]
    public async Task TheFileForTheTestRunnerCanBeLeftOut()
    {
        using var hive = await TemplateHive.WithTemplatesAsync();

        (await hive.New("kit", "-n", "With")).Succeeds();
        (await hive.New("kit", "-n", "Without", "--global-json", "false")).Succeeds();

        StringAssert.Contains(File.ReadAllText(hive["With", "global.json"]), "Microsoft.Testing.Platform");
        Assert.IsFalse(File.Exists(hive["Without", "global.json"]));
    }
}
