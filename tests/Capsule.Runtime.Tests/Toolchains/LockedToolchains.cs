using Capsule.Packaging.Locking;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Tests.Toolchains;

[TestClass]
public class LockedToolchains
{
    [TestMethod]
    public void GiveThisMachinesIntegrity()
    {
        var package = ToolchainTable.Find("bun", ToolchainPlatform.Here)!.Package;

        var here = ToolchainLock.ForThisMachine(Lock(package));

        Assert.IsTrue(here.Succeeded, here.Diagnostics.FirstOrDefault()?.Message);
        Assert.AreEqual(("1.3.2", "sha512-AAAA"), (here.Value["bun"].Version, here.Value["bun"].Integrity));
    }

    [TestMethod]
    public void OfOtherPlatformsOnlyAreRefused()
    {
        var here = ToolchainLock.ForThisMachine(Lock("@oven/bun-solaris-sparc"));

        var problem = here.Diagnostics.Single();
        Assert.AreEqual("CAP5220", problem.Code);
        StringAssert.Contains(problem.Message, "'bun'");
        StringAssert.Contains(problem.Hint, "capsule lock");
    }

    private static LockFile Lock(string package) =>
        new() { Toolchains = [new LockedToolchain("bun", "^1.3", "1.3.2", new Dictionary<string, string> { [package] = "sha512-AAAA" })] };
}
