using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Tests.Algorithms;

[TestClass]
public class SelfTests
{
    [TestMethod]
    public void ThatFailStopEverySignature()
    {
        var runs = 0;
        var test = new SelfTest("ed25519", () => ++runs > 1);
        for (var use = 0; use < 2; use++)
        {
            Assert.AreEqual("CAP3290", Assert.ThrowsExactly<RefusedException>(test.Require).Diagnostic.Code);
        }

        Assert.AreEqual(1, runs, "a damaged machine is not asked until it agrees");
    }

    [TestMethod]
    public void RunOnce()
    {
        var runs = 0;
        var test = new SelfTest("ed25519", () => ++runs == 1);
        Parallel.For(0, 32, _ => test.Require());
        Assert.AreEqual(1, runs);
    }
}
