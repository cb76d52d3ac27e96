using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Tests.Toolchains;

/// <summary>What the machine itself has: found by its version, or refused with what is there.</summary>
[TestClass]
public class SystemPrograms
{
    [TestMethod]
    public async Task AreTakenFromFoldersThatOnlyRootMayChange()
    {
        var dotnet = await SystemToolchains.FindAsync(new ToolchainPlan("dotnet"), default);
        StringAssert.StartsWith(dotnet.Directory, "/usr/");
        StringAssert.StartsWith(dotnet.Version, "10.");
        Assert.AreEqual(dotnet.Directory, SystemToolchains.Variables(dotnet)["DOTNET_ROOT"]);
        CollectionAssert.AreEqual(new[] { "dotnet" }, SystemToolchains.CommandsOf(dotnet).ToArray());
    }

    [TestMethod]
    [DataRow("dotnet", "Install the .NET SDK from the system's packages")]
    [DataRow("python", "or ask for what is there: runtime_version = \"3.")]
    public async Task ThatAreNotThereAreRefusedWithWhatIs(string name, string remedy)
    {
        var refused = await Assert.ThrowsExactlyAsync<RefusedException>(() => SystemToolchains.FindAsync(new ToolchainPlan(name, "99.0.0"), default));
        Assert.AreEqual("CAP5212", refused.Diagnostic.Code);
        StringAssert.Contains(refused.Diagnostic.Message, "satisfies '99.0.0'. Installed: ");
        StringAssert.Contains(refused.Diagnostic.Hint, remedy);
    }
}
