using Capsule.Trust.Algorithms.Keccak;
using Capsule.Trust.Algorithms.MlDsa;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

/// <summary>CCTV's accumulated vectors: one digest over the keys and deterministic signatures of many seeds.</summary>
[TestClass]
public class AccumulatedDigests
{
    [TestMethod]
    [DataRow("ml-dsa-44", 100, "d51148e1f9f4fa1a723a6cf42e25f2a99eb5c1b378b3d2dbbd561b1203beeae4")]
    [DataRow("ml-dsa-65", 100, "8358a1843220194417cadbc2651295cd8fc65125b5a5c1a239a16dc8b57ca199")]
    [DataRow("ml-dsa-87", 100, "8c3ad714777622b8f21ce31bb35f71394f23bc0fcf3c78ace5d608990f3b061b")]
    [DataRow("ml-dsa-44", 10_000, "e7fd21f6a59bcba60d65adc44404bb29a7c00e5d8d3ec06a732c00a306a7d143")]
    [DataRow("ml-dsa-65", 10_000, "5ff5e196f0b830c3b10a9eb5358e7c98a3a20136cb677f3ae3b90175c3ace329")]
    [DataRow("ml-dsa-87", 10_000, "80a8cf39317f7d0be0e24972c51ac152bd2a3e09bc0c32ce29dd82c4e7385e60")]
    public void AreThoseOfCctv(string name, int iterations, string expected)
    {
        var set = MlDsaVectorFile.Set(name);
        var seeds = Shake.Shake128();
        var digest = Shake.Shake128();
        var seed = new byte[MlDsaParameters.SeedLength];
        var zeros = new byte[MlDsaParameters.SeedLength];
        var (publicKey, privateKey, signature) = (new byte[set.PublicKeyLength], new byte[set.PrivateKeyLength], new byte[set.SignatureLength]);
        for (var i = 0; i < iterations; i++)
        {
            seeds.Squeeze(seed);
            KeyGeneration.Derive(set, seed, publicKey, privateKey);
            SignatureGeneration.Sign(set, privateKey, [], [], zeros, signature);
            Assert.IsTrue(i >= 100 || Verification.Verify(set, publicKey, [], [], signature), $"signature {i}");
            digest.Absorb(publicKey);
            digest.Absorb(signature);
        }

        var result = new byte[32];
        digest.Squeeze(result);
        Assert.AreEqual(expected, Convert.ToHexStringLower(result));
    }
}
