using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Tests;

namespace Capsule.Families.Tests;

[TestClass]
public class FamilyCatalogTests
{
    [TestMethod]
    [DataRow("capsule.toml", FamilyNames.Capsule)]
    [DataRow("capability.yml", FamilyNames.Kit)]
    [DataRow("capability.yaml", FamilyNames.Kit)]
    [DataRow("restart.wpk.yaml", FamilyNames.Workflow)]
    [DataRow("plugin.yaml", FamilyNames.Plugin)]
    [DataRow("atom.toml", FamilyNames.Atom)]
    public void AFolderIsKnownByTheNameOfItsManifest(string name, string family)
    {
        using var folder = new TemporaryFolder();
        folder.Write("README.md", "");
        var manifest = folder.Write(name, "");
        Assert.AreEqual((family, manifest), Found(FamilyCatalog.Recognise(folder.Path)));
        Assert.AreEqual((family, manifest), Found(FamilyCatalog.Recognise(manifest)));
    }

    [TestMethod]
    public void AFolderWithoutManifestIsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("capability-test.yml", "");
        folder.Write(".wpk.yaml", "");
        Refuses(folder.Path, "CAP0960", $"There is no manifest in '{folder.Path}'.", ExitCode.NotFound);
    }

    [TestMethod]
    public void TwoManifestsNeedAChoice()
    {
        using var folder = new TemporaryFolder();
        var capsule = folder.Write("capsule.toml", "");
        folder.Write("capability.yml", "");
        var problem = Refuses(folder.Path, "CAP0961", $"There are several manifests in '{folder.Path}': capsule.toml, capability.yml.", ExitCode.Invalid);
        StringAssert.Contains(problem.Hint, "<CapsuleManifest>capsule.toml</CapsuleManifest>");
        Assert.AreEqual(capsule, problem.Span!.Value.File);
        Assert.IsTrue(FamilyCatalog.Recognise(capsule).Succeeded);
    }

    [TestMethod]
    public void AFileOfAnotherNameIsNoManifest()
    {
        using var folder = new TemporaryFolder();
        Refuses(folder.Write("my.yml", ""), "CAP0962", "'my.yml' is not the name of a manifest.", ExitCode.Invalid);
    }

    [TestMethod]
    public void AMissingPathIsSaid() =>
        Refuses("/does/not/exist", "CAP0963", "There is no file or folder '/does/not/exist'.", ExitCode.NotFound);

    [TestMethod]
    public void AManifestOutsideTheProjectFolderIsRefused()
    {
        using var folder = new TemporaryFolder();
        var manifest = folder.Write("deep/capability.yml", "");
        var result = FamilyCatalog.Compile(new CompileRequest { ManifestPath = manifest, ProjectDirectory = folder.Path });
        Assert.AreEqual("CAP0964", result.Diagnostics.Single().Code);
    }

    [TestMethod]
    [DataRow("a.wpk.yaml", "CAP0400")]
    [DataRow("plugin.yaml", "CAP0600")]
    public void FamiliesToComeSaySo(string name, string code)
    {
        using var folder = new TemporaryFolder();
        var result = FamilyCatalog.Compile(new CompileRequest { ManifestPath = folder.Write(name, "") });
        Assert.AreEqual(code, result.Diagnostics.Single().Code);
        StringAssert.Contains(result.Diagnostics.Single().Message, "cannot build yet");
        Assert.AreEqual(folder[name], result.Diagnostics.Single().Span!.Value.File);
    }

    private static (string Family, string Manifest) Found(Result<ManifestLocation> result) => (result.Value!.Family.Name, result.Value.ManifestPath);

    private static Diagnostic Refuses(string path, string code, string message, ExitCode exit)
    {
        var result = FamilyCatalog.Recognise(path);
        var problem = result.Diagnostics.Single();
        Assert.AreEqual((code, message, exit), (problem.Code, problem.Message, result.Exit));
        return problem;
    }
}
