using System.Text;
using System.Text.Json;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Tests.Algorithms;

[TestClass]
public class EcdsaP256KeyRecovery
{
    [TestMethod]
    public void FindsTheKeyOfTheVectorByItsHint()
    {
        var message = DsseEncoding.Encode(DsseEncoding.InTotoType, Encoding.UTF8.GetBytes(TrustVector.Statement));
        var signature = Convert.FromBase64String(TrustVector.Signature);
        Assert.AreEqual(TrustVector.Key, SignatureAlgorithms.EcdsaP256.Recover(message, signature, TrustVector.Hint));
        Assert.IsNull(SignatureAlgorithms.EcdsaP256.Recover([.. message, 0], signature, TrustVector.Hint));
        Assert.IsNull(SignatureAlgorithms.EcdsaP256.Recover(message, signature, ""));
        Assert.IsNull(SignatureAlgorithms.EcdsaP256.Recover(message, new byte[70], TrustVector.Hint));
    }

    [TestMethod]
    public void FindsFreshKeys()
    {
        for (var i = 0; i < 20; i++)
        {
            using var key = SignatureAlgorithms.EcdsaP256.Generate();
            var message = new byte[] { (byte)i };
            Assert.AreEqual(key.PublicKey, SignatureAlgorithms.EcdsaP256.Recover(message, key.Sign(message), key.PublicKey.Hint));
        }
    }

    [TestMethod]
    public void AgreesWithWycheproof()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Vectors.Path("ecdsa", "ecdsa_secp256r1_sha256_test.json")));
        var found = 0;
        foreach (var group in file.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var key = PublicKey.FromSpki(Convert.FromHexString(group.GetProperty("publicKeyDer").GetString()!))!;
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var recovered = SignatureAlgorithms.EcdsaP256.Recover(
                    Convert.FromHexString(test.GetProperty("msg").GetString()!), Convert.FromHexString(test.GetProperty("sig").GetString()!), key.Hint);
                Assert.AreEqual(test.GetProperty("result").GetString() == "valid", key.Equals(recovered), $"{test.GetProperty("tcId")}");
                found += recovered is null ? 0 : 1;
            }
        }

        Assert.IsGreaterThan(100, found);
    }
}
