using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Capsule.Trust.Algorithms.MlDsa;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

[TestClass]
public class Engines
{
    /// <summary>What a run of these tests in another surrounding is there to try: "platform" or "portable".</summary>
    public const string Expected = "CAPSULE_TEST_MLDSA";

    [TestMethod]
    public void AreThePlatformsWhereItHasOne()
    {
        Assert.AreEqual(MLDsa.IsSupported, MlDsaEngines.Preferred is PlatformMlDsa);
        var expected = Environment.GetEnvironmentVariable(Expected);
        if (expected == "platform")
        {
            Assert.HasCount(2, MlDsaEngines.All, "The platform should have ML-DSA here.");
        }
        else if (expected == "portable")
        {
            Assert.IsFalse(Avx2.IsSupported || Vector256.IsHardwareAccelerated, "The processor's vectors should be off here.");
        }
    }
}
