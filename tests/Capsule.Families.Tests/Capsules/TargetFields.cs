namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class TargetFields
{
    [TestMethod]
    public void RuntimeIsRequired()
    {
        using var project = CapsuleScenario.ServerWith("runtime = \"source\"\n", "");
        project.Says("capsule.toml(7,10): error CAP0003");
    }

    [TestMethod]
    public void RuntimeIsOneOfFour()
    {
        using var project = CapsuleScenario.ServerWith("runtime = \"source\"", "runtime = \"docker\"");
        project.Says("capsule.toml(8,11): error CAP0004");
    }

    [TestMethod]
    public void AnUnknownDriverIsRefused()
    {
        using var project = CapsuleScenario.ServerWith("driver = \"node\"", "driver = \"bun\"");
        project.Says("capsule.toml(9,10): error CAP0004");
    }

    [TestMethod]
    [DataRow("source", "static")]
    [DataRow("source", "wasmtime")]
    [DataRow("web", "native")]
    [DataRow("web", "wasmtime")]
    [DataRow("wasm", "node")]
    public void DriversGoWithTheirRuntimeOnly(string runtime, string driver)
    {
        using var project = new CapsuleScenario(
            CapsuleScenario.Server.Replace("\"source\"", $"\"{runtime}\"", StringComparison.Ordinal).Replace("\"node\"", $"\"{driver}\"", StringComparison.Ordinal),
            "server.mjs");
        project.Says("capsule.toml(9,10): error CAP0031");
    }

    [TestMethod]
    public void AContainerHasAnImageAndNoDriver()
    {
        using var project = CapsuleScenario.ServerWith("runtime = \"source\"", "runtime = \"oci\"");
        project.Says("capsule.toml(7,10): error CAP0048", "capsule.toml(9,10): error CAP0031");
    }

    [TestMethod]
    public void WebNeedsADriver()
    {
        using var project = CapsuleScenario.SiteWith("driver = \"static\"\n", "");
        project.Says("capsule.toml(7,10): error CAP0030");
    }

    [TestMethod]
    public void TheRemovedDriverNamesItsSuccessor()
    {
        using var project = CapsuleScenario.SiteWith("\"static\"", "\"browser_static\"");
        var result = project.Says("capsule.toml(9,10): error CAP0032");
        StringAssert.Contains(result.Diagnostics[0].Hint, "driver = \"static\"");
    }

    [TestMethod]
    public void NodeNeedsItsVersion()
    {
        using var project = CapsuleScenario.ServerWith("runtime_version = \"20.11.0\"\n", "");
        project.Says("capsule.toml(9,10): error CAP0033");
    }

    [TestMethod]
    public void AVersionIsNumbers()
    {
        using var project = CapsuleScenario.ServerWith("20.11.0", "latest");
        project.Says("capsule.toml(10,19): error CAP0034");
    }

    [TestMethod]
    public void WebNeedsAPort()
    {
        using var project = CapsuleScenario.SiteWith("port = 8080", "");
        project.Says("capsule.toml(7,10): error CAP0035");
    }

    [TestMethod]
    [DataRow("0", "8")]
    [DataRow("65536", "8")]
    [DataRow("-1", "8")]
    public void PortsLieBetween1And65535(string port, string column)
    {
        using var project = CapsuleScenario.SiteWith("8080", port);
        project.Says($"capsule.toml(11,{column}): error CAP0005");
    }

    [TestMethod]
    public void PublicWasRemovedFromWeb()
    {
        using var project = CapsuleScenario.SiteWith("port = 8080", "port = 8080\npublic = [\"dist\"]");
        project.Says("capsule.toml(12,1): error CAP0036");
    }

    [TestMethod]
    public void EntrypointIsRequired()
    {
        using var project = CapsuleScenario.ServerWith("entrypoint = \"server.mjs\"\n", "");
        var result = project.Says("capsule.toml(7,10): error CAP0003");
        Assert.AreEqual("'targets.server.entrypoint' is missing.", result.Diagnostics[0].Message);
    }

    [TestMethod]
    public void EntrypointIsNotBlank()
    {
        using var project = CapsuleScenario.ServerWith("server.mjs", " ");
        var result = project.Says("capsule.toml(11,14): error CAP0037");
        CollectionAssert.Contains(result.Diagnostics[0].Kind.Aliases.ToArray(), "E101");
    }

    [TestMethod]
    public void TheOldWebEntryIsRefused()
    {
        using var project = CapsuleScenario.ServerWith("server.mjs", "./ato-entry.ts");
        project.Says("capsule.toml(11,14): error CAP0039", "capsule.toml(11,14): error CAP0040");
    }

    [TestMethod]
    public void AWebProgramIsOneFile()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server.Replace("\"source\"", "\"web\"", StringComparison.Ordinal).Replace("server.mjs", "server.mjs --fast", StringComparison.Ordinal));
        project.Says("capsule.toml(11,14): error CAP0039", "capsule.toml(11,14): error CAP0046");
    }

    [TestMethod]
    [DataRow("source")]
    [DataRow("wasm")]
    [DataRow("oci")]
    public void SomeLabelsAreReserved(string label)
    {
        using var project = new CapsuleScenario(
            CapsuleScenario.Server.Replace("targets.server", $"targets.{label}", StringComparison.Ordinal).Replace("\"server\"", $"\"{label}\"", StringComparison.Ordinal),
            "server.mjs");
        project.Says("capsule.toml(7,10): error CAP0018");
    }

    [TestMethod]
    public void LabelsArePlain()
    {
        using var project = new CapsuleScenario(
            CapsuleScenario.Server.Replace("targets.server", "targets.\"a/b\"", StringComparison.Ordinal).Replace("\"server\"", "\"a/b\"", StringComparison.Ordinal),
            "server.mjs");
        project.Says("capsule.toml(7,10): error CAP0017");
    }

    [TestMethod]
    [DataRow("[targets.server.env]\n\"A-B\" = \"1\"", "capsule.toml(14,1): error CAP0016")]
    [DataRow("required_env = [\"1A\"]", "capsule.toml(13,17): error CAP0016")]
    [DataRow("[isolation]\nallow_env = [\"\"]", "capsule.toml(14,14): error CAP0016")]
    [DataRow("cmd = [\"a\\u0000b\"]", "capsule.toml(13,8): error CAP0009")]
    [DataRow("[targets.server.env]\nA = \"\\u0000\"", "capsule.toml(14,5): error CAP0009")]
    [DataRow("[targets.server.env]\nA = 1", "capsule.toml(14,5): error CAP0001")]
    [DataRow("[targets.server.env]\nPORT = \"3001\"", "capsule.toml(14,8): error CAP0050")]
    [DataRow("health_check = \"health\"", "capsule.toml(13,16): error CAP0049")]
    [DataRow("working_dir = \"../x\"", "capsule.toml(13,15): error CAP0043")]
    [DataRow("working_dir = \"nowhere\"", "capsule.toml(13,15): error CAP0043")]
    [DataRow("[network]\negress_allow = [\"*\"]", "capsule.toml(14,17): error CAP0020")]
    [DataRow("[network]\negress_allow = [\"api.example.com:0\"]", "capsule.toml(14,17): error CAP0020")]
    [DataRow("[network]\negress_allow = [\"ftp://example.com\"]", "capsule.toml(14,17): error CAP0020")]
    [DataRow("[network]\negress_allow = [\"https://user:pw@example.com\"]", "capsule.toml(14,17): error CAP0020")]
    [DataRow("[pack]\ninclude = [\"../x\"]", "capsule.toml(14,12): error CAP0019")]
    [DataRow("[pack]\nexclude = [\"\"]", "capsule.toml(14,12): error CAP0019")]
    public void AWrongValueIsRefusedAtItsPlace(string lines, string expected)
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n{lines}\n", "server.mjs");
        project.Says(expected);
    }

    [TestMethod]
    public void VariablesOfTheUserAreNotTakenOverAndThatIsSaid()
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n[isolation]\nallow_env = [\"API_KEY\"]\n", "server.mjs");
        var result = project.Says("capsule.toml(14,14): info CAP0024");
        StringAssert.Contains(result.Diagnostics[0].Hint, "--env API_KEY=VALUE");
    }
}
