namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class Entrypoints
{
    [TestMethod]
    [DataRow("../server.mjs")]
    [DataRow("a/../../server.mjs")]
    [DataRow("/etc/passwd")]
    [DataRow("..\\\\server.mjs")]
    [DataRow("C:/server.mjs")]
    public void OutsideTheProjectAreRefused(string entrypoint)
    {
        using var project = CapsuleScenario.ServerWith("server.mjs", entrypoint);
        var result = project.Says("capsule.toml(11,14): error CAP0038");
        CollectionAssert.Contains(result.Diagnostics[0].Kind.Aliases.ToArray(), "ATO_ERR_POLICY_VIOLATION");
    }

    [TestMethod]
    public void MustExist()
    {
        using var project = CapsuleScenario.ServerWith("server.mjs", "main.mjs");
        var result = project.Says("capsule.toml(11,14): error CAP0039");
        CollectionAssert.Contains(result.Diagnostics[0].Kind.Aliases.ToArray(), "E101");
    }

    [TestMethod]
    public void OfNodeAreFiles()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server.Replace("server.mjs", "src", StringComparison.Ordinal), "src/index.js");
        project.Says("capsule.toml(11,14): error CAP0042");
    }

    [TestMethod]
    public void MustBePartOfThePackage()
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n[pack]\nexclude = [\"*.mjs\"]\n", "server.mjs");
        project.Says("capsule.toml(11,14): error CAP0041");
    }

    [TestMethod]
    public void ThroughAFolderLinkAreRefused()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server.Replace("server.mjs", "link/server.mjs", StringComparison.Ordinal), "real/server.mjs");
        Directory.CreateSymbolicLink(Path.Combine(project.Folder, "link"), "real");
        project.Says("capsule.toml(11,14): error CAP0041");
    }

    [TestMethod]
    public void AreLookedForInTheSourceFolderToo()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server, "source/server.mjs");
        var process = project.Plans().Launch!.Cells[0].Processes[0];
        CollectionAssert.AreEqual(new[] { "node", "/app/source/server.mjs" }, process.Argv!.ToArray());
        Assert.AreEqual("/app/source", process.Cwd);
    }

    [TestMethod]
    public void OfASiteShouldHaveAnIndex()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Site, "dist/start.html");
        project.Says("capsule.toml(10,14): warning CAP0044");
    }
}
