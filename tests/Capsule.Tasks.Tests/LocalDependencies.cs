using Capsule.Build.Tasks;
using Capsule.Tests;

namespace Capsule.Tasks.Tests;

/// <summary>What a Kit takes from another folder, the project refers to (specs: msbuild-sdk 5.2).</summary>
[TestClass]
public class LocalDependencies
{
    private const string Parent = """
        version: '1'
        name: parent
        workloads:
          words:
            import:
              dependency: words
              exposed_path: /words
        dependencies:
          words:
            source: { path: ../words }
        expose:
          - path: /words
            target: words
            endpoints: [http]

        """;

    private const string Words = """
        version: '1'
        name: words
        workloads:
          count:
            endpoints: [http]
            runtime: { source: { toolchain: bun, start: { command: bun run index.ts } } }
        expose:
          - { path: /words, target: count, endpoints: [http] }

        """;

    [TestMethod]
    public void AreAskedForOnTheirLineWithTheReferenceToAdd()
    {
        using var folder = Kits();

        var engine = Validate(folder, [], []);

        var error = engine.Errors.Single();
        Assert.AreEqual("CAP9060", error.Code);
        Assert.AreEqual((folder["parent", "capability.yml"], 10, 21), (error.File, error.LineNumber, error.ColumnNumber));
        StringAssert.Contains(error.Message, """<ProjectReference Include="../words/words.capproj" /> to Parent.capproj, and put that project""");
        Assert.IsFalse(File.Exists(folder["parent", "obj", "validated"]));

        folder.Write("words/Other.csproj", "<Project />");
        StringAssert.Contains(Validate(folder, [], []).Errors.Single().Message, """<ProjectReference Include="../words/Other.csproj" /> to Parent.capproj.""");
    }

    [TestMethod]
    public void AreMetByTheProjectOrByTheManifestItBuilds()
    {
        using var folder = Kits();

        Assert.IsEmpty(Validate(folder, [folder["words", "Any.capproj"]], []).Errors);
        Assert.IsEmpty(Validate(folder, [folder["projects", "Words.capproj"]], [folder["words", "capability.yml"]]).Errors);
        Assert.AreEqual("CAP9060", Validate(folder, [folder["elsewhere", "Words.capproj"]], []).Errors.Single().Code);
    }

    [TestMethod]
    public void AreNotAskedForWhereThereIsNothing()
    {
        using var folder = Kits();
        File.Delete(folder["words", "capability.yml"]);
        Assert.AreEqual("CAP0288", Validate(folder, [], []).Errors.Single().Code);

        Directory.Delete(folder["words"], recursive: true);
        Assert.AreEqual("CAP9061", Validate(folder, [], []).Errors.Single().Code);
    }

    private static TemporaryFolder Kits()
    {
        var folder = new TemporaryFolder();
        folder.Write("parent/capability.yml", Parent);
        folder.Write("words/capability.yml", Words);
        return folder;
    }

    private static FakeBuildEngine Validate(TemporaryFolder folder, string[] references, string[] manifests)
    {
        var engine = new FakeBuildEngine();
        var task = new ValidatePackage
        {
            BuildEngine = engine,
            Manifest = folder["parent", "capability.yml"],
            Project = folder["parent", "Parent.capproj"],
            References = references,
            ReferencedManifests = manifests,
            DiagnosticsFile = folder["parent", "obj", "diagnostics.json"],
            Stamp = folder["parent", "obj", "validated"],
        };
        Assert.AreEqual(task.Execute(), engine.Errors.Count == 0, engine.All);
        return engine;
    }
}
