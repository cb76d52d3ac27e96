using Capsule.Build.Tasks;
using Capsule.Packaging.Containers;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace Capsule.Tasks.Tests;

/// <summary>The container holds what the manifest selects and what the project adds.</summary>
[TestClass]
public class Assembling
{
    [TestMethod]
    public async Task AddsTheProjectsFilesUnderTheirPackagePath()
    {
        using var project = new Project();
        using var elsewhere = new Project();
        var task = project.Assemble();
        var added = new TaskItem(elsewhere["site", "index.html"]);
        added.SetMetadata("PackagePath", "site/more/");
        task.ExtraFiles = [added];
        task.Files = [new TaskItem("site/index.html"), new TaskItem("capsule.toml")];

        Assert.IsTrue(project.Run(task), project.Engine.All);

        var package = await PackageReader.OpenAsync(project["obj", "hello.capsule"], CancellationToken.None);
        CollectionAssert.Contains(package.Value!.Tree.Entries.Select(e => e.Path).ToArray(), "site/more/index.html");
        CollectionAssert.AreEqual(new[] { elsewhere["site", "index.html"] }, File.ReadAllLines(project["obj", "inputs.list"]), "Only what no glob sees is kept as a further input.");
    }

    [TestMethod]
    public void RefusesATimeThatIsNone()
    {
        using var project = new Project();
        var task = project.Assemble();
        task.SourceDateEpoch = "yesterday";

        Assert.IsFalse(project.Run(task));

        Assert.AreEqual("CAP2205", project.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void ALockedProjectNeedsALock()
    {
        using var project = new Project();
        CheckLock Check(bool locked) => new()
        {
            Manifest = "capsule.toml",
            LockFile = "capproj.lock",
            Locked = locked,
            SdkVersion = "1.0.0",
            DiagnosticsFile = "obj/lock.json",
            Stamp = "obj/locked",
        };

        Assert.IsFalse(project.Run(Check(locked: true)));
        StringAssert.StartsWith(project.Engine.Errors.Single().Code, "CAP10");

        Assert.IsTrue(project.Run(Check(locked: false)));
    }
}
