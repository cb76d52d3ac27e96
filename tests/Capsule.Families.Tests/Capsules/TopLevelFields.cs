using Capsule.Core.Diagnostics;
using Capsule.Families.Capsules;

namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class TopLevelFields
{
    [TestMethod]
    public void AGoodManifestSaysNothing()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server, "server.mjs");
        project.Says();
    }

    [TestMethod]
    [DataRow("\"0.2\"", true)]
    [DataRow("\"1\"", true)]
    [DataRow("\"0.3\"", false)]
    [DataRow("\"1.0\"", false)]
    public void SchemaVersionsAreTheTwoThatAreKnown(string version, bool isKnown)
    {
        using var project = CapsuleScenario.ServerWith("schema_version = \"0.2\"", $"schema_version = {version}");
        project.Says(isKnown ? [] : ["capsule.toml(1,18): error CAP0006"]);
    }

    [TestMethod]
    public void SchemaVersionMayBeLeftOut()
    {
        using var project = CapsuleScenario.ServerWith("schema_version = \"0.2\"\n", "");
        project.Says();
    }

    [TestMethod]
    [DataRow("ab", false)]
    [DataRow("abc", true)]
    [DataRow("my-app-2", true)]
    [DataRow("My-App", false)]
    [DataRow("my_app", false)]
    [DataRow("-my-app", false)]
    [DataRow("my-app-", false)]
    [DataRow("my--app", false)]
    public void NamesAreKebabCase(string name, bool isName)
    {
        using var project = CapsuleScenario.ServerWith("my-server", name);
        project.Says(isName ? [] : ["capsule.toml(2,8): error CAP0007"]);
    }

    [TestMethod]
    [DataRow(64, true)]
    [DataRow(65, false)]
    public void NamesHaveAtMost64Letters(int length, bool isName)
    {
        using var project = CapsuleScenario.ServerWith("my-server", new string('a', length));
        project.Says(isName ? [] : ["capsule.toml(2,8): error CAP0007"]);
    }

    [TestMethod]
    [DataRow("1.2.3", true)]
    [DataRow("0.0.4294967295", true)]
    [DataRow("0.0.4294967296", false)]
    [DataRow("1.0.0-beta.1", true)]
    [DataRow("1.0.0-", false)]
    [DataRow("1.0.0-beta_1", false)]
    [DataRow("1.0.0-01", false)]
    [DataRow("01.0.0", false)]
    [DataRow("1.0", false)]
    [DataRow("1.0.0+build", false)]
    [DataRow("1..0", false)]
    public void VersionsAreThreeNumbersAndALabel(string version, bool isVersion)
    {
        using var project = CapsuleScenario.ServerWith("1.2.3", version);
        project.Says(isVersion ? [] : ["capsule.toml(3,11): error CAP0008"]);
    }

    [TestMethod]
    public void AVersionOfTheProjectStandsInForAMissingOne()
    {
        using var project = CapsuleScenario.ServerWith("version = \"1.2.3\"\n", "");
        Assert.AreEqual("4.5.6", project.Compile(version: "4.5.6").Value!.Package.Version);
        Assert.IsNull(project.Compile().Value!.Package.Version);
    }

    [TestMethod]
    public void TypeIsRequired()
    {
        using var project = CapsuleScenario.ServerWith("type = \"app\"\n", "");
        var result = project.Says("capsule.toml(1,1): error CAP0003");
        StringAssert.Contains(result.Diagnostics[0].Hint, "type");
    }

    [TestMethod]
    public void TypeIsOneOfThree()
    {
        using var project = CapsuleScenario.ServerWith("type = \"app\"", "type = \"ap\"");
        var result = project.Says("capsule.toml(4,8): error CAP0004");
        StringAssert.Contains(result.Diagnostics[0].Message, "Did you mean 'app'?");
    }

    [TestMethod]
    public void InferenceNeedsItsTwoTables()
    {
        using var project = CapsuleScenario.ServerWith("type = \"app\"", "type = \"inference\"");
        project.Says("capsule.toml(4,1): error CAP0015", "capsule.toml(4,1): error CAP0015");
    }

    [TestMethod]
    public void InferenceWithItsTwoTablesIsFine()
    {
        using var project = CapsuleScenario.ServerWith("type = \"app\"", "type = \"inference\"\ncapabilities.chat = true\nmodel.quantization = \"8bit\"");
        project.Says();
    }

    [TestMethod]
    public void AValueOfTheWrongTypeIsNamed()
    {
        using var project = CapsuleScenario.ServerWith("port = 3000", "port = \"3000\"");
        var result = project.Says("capsule.toml(12,8): error CAP0001");
        Assert.AreEqual("'targets.server.port' must be an integer; here it is a string.", result.Diagnostics[0].Message);
    }

    [TestMethod]
    public void DefaultTargetIsRequired()
    {
        using var project = CapsuleScenario.ServerWith("default_target = \"server\"\n", "");
        var result = project.Says("capsule.toml(1,1): error CAP0010");
        CollectionAssert.Contains(result.Diagnostics[0].Kind.Aliases.ToArray(), "E003");
    }

    [TestMethod]
    public void DefaultTargetMustExist()
    {
        using var project = CapsuleScenario.ServerWith("default_target = \"server\"", "default_target = \"sever\"");
        var result = project.Says("capsule.toml(5,18): error CAP0012");
        StringAssert.Contains(result.Diagnostics[0].Message, "Did you mean 'server'?");
    }

    [TestMethod]
    public void ACapsuleHasATarget()
    {
        using var project = new CapsuleScenario("name = \"abc\"\ntype = \"tool\"\ndefault_target = \"x\"\n[targets]\nport = 80\n");
        project.Says("capsule.toml(4,2): error CAP0011");
    }

    [TestMethod]
    public void AnUnknownFieldIsAWarningWithASuggestion()
    {
        using var project = CapsuleScenario.ServerWith("runtime_version", "port_ = 1\nruntime_version");
        var result = project.Says("capsule.toml(10,1): warning CAP0002");
        Assert.AreEqual("'port_' is not a field of 'targets.server'. Did you mean 'port'?", result.Diagnostics[0].Message);
    }

    [TestMethod]
    public void FieldsOfTheReferenceToolHaveNoEffectAndSaySo()
    {
        using var project = CapsuleScenario.ServerWith("[targets.server]", "[store]\nregistry = \"http://localhost\"\n[targets.server]\nsmoke = {}");
        project.Says("capsule.toml(7,2): warning CAP0022", "capsule.toml(10,1): warning CAP0022");
    }

    [TestMethod]
    [DataRow("requirements.disk = \"1.5GB\"", true)]
    [DataRow("requirements.disk = \"512 mb\"", true)]
    [DataRow("requirements.disk = \"1e3GB\"", false)]
    [DataRow("requirements.disk = \"plenty\"", false)]
    [DataRow("requirements.disk = \"99999999999TB\"", false)]
    public void AmountsOfMemoryHaveUnits(string line, bool isAmount)
    {
        using var project = CapsuleScenario.ServerWith("type = \"app\"", $"type = \"app\"\n{line}");
        project.Says(isAmount ? [] : ["capsule.toml(5,21): error CAP0014"]);
    }

    [TestMethod]
    public void PlatformsAreAClosedList()
    {
        using var project = CapsuleScenario.ServerWith("type = \"app\"", "type = \"app\"\nrequirements.platform = [\"linux-amd64\", \"linux-x64\"]");
        project.Says("capsule.toml(5,41): error CAP0004");
    }

    [TestMethod]
    public void ASourceDigestHas64HexDigits()
    {
        using var project = CapsuleScenario.ServerWith("[targets.server]", "[targets]\nsource_digest = \"sha256:00\"\n[targets.server]");
        project.Says("capsule.toml(8,17): error CAP0023");
    }

    [TestMethod]
    public void BrokenTomlIsOneErrorOnItsLine()
    {
        using var project = new CapsuleScenario("name = \"abc\nversion = 1\n");
        var problem = project.Compile().Diagnostics.Single();
        Assert.AreEqual((1, Severity.Error), (problem.Span!.Value.Line, problem.Severity));
        CollectionAssert.Contains(problem.Kind.Aliases.ToArray(), "E001");
    }

    [TestMethod]
    public void AllProblemsComeAtOnceInTheOrderOfTheFile()
    {
        using var project = new CapsuleScenario("""
            name = "X"
            version = "one"
            type = "service"
            default_target = "web"

            [targets.web]
            runtime = "web"
            driver = "static"
            entrypoint = "../up"
            port = 0
            """);
        project.Says(
            "capsule.toml(1,8): error CAP0007",
            "capsule.toml(2,11): error CAP0008",
            "capsule.toml(3,8): error CAP0004",
            "capsule.toml(9,14): error CAP0038",
            "capsule.toml(10,8): error CAP0005");
    }

    [TestMethod]
    public void ACapsuleHasNoOptions()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server, "server.mjs");
        var result = new CapsuleFamily().Compile(new CompileRequest
        {
            ManifestPath = Path.Combine(project.Folder, "capsule.toml"),
            Options = new Dictionary<string, string> { ["model"] = "large" },
        });
        Assert.AreEqual("CAP0025", result.Diagnostics.Single().Code);
        Assert.IsFalse(result.Succeeded);
    }

    [TestMethod]
    public void TheManifestLiesInTheProjectFolder()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server, "server.mjs", "sub/x");
        var result = new CapsuleFamily().Compile(new CompileRequest
        {
            ManifestPath = Path.Combine(project.Folder, "capsule.toml"),
            ProjectDirectory = Path.Combine(project.Folder, "sub"),
        });
        Assert.IsFalse(result.Succeeded);
        Assert.HasCount(1, result.Diagnostics);
    }
}
