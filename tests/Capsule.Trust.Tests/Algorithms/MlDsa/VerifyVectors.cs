using System.Text.Json;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.MlDsa;
using static Capsule.Trust.Tests.Algorithms.MlDsa.MlDsaVectorFile;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

[TestClass]
public class VerifyVectors
{
    [TestMethod]
    [DataRow("ml-dsa-44", 180)]
    [DataRow("ml-dsa-65", 210)]
    [DataRow("ml-dsa-87", 241)]
    public void AllAgreeWithWycheproof(string name, int cases)
    {
        var set = Set(name);
        foreach (var engine in MlDsaEngines.All)
        {
            var (count, wrong) = Run(set, "verify", (group, test) => Agrees(engine, set, group, test));
            Assert.AreEqual(cases, count);
            Assert.AreEqual("", wrong, engine.GetType().Name);
        }
    }

    private static bool Agrees(IMlDsaEngine engine, MlDsaParameters set, JsonElement group, JsonElement test)
    {
        var key = Hex(group, "publicKey")!;
        var (message, context, signature) = (Hex(test, "msg")!, Hex(test, "ctx") ?? [], Hex(test, "sig")!);
        if (key.Length == set.PublicKeyLength && Hex(group, "publicKeyDer") is { } spki)
        {
            var read = PublicKey.FromSpki(spki)!;
            Assert.AreEqual(set.Name, read.Algorithm.Name);
            CollectionAssert.AreEqual(key, read.Raw.ToArray());
            Assert.AreEqual(read, PublicKey.FromRaw(read.Algorithm, key));
            if (context.Length == 0)
            {
                Assert.AreEqual(IsValid(test), read.Verify(message, signature), $"through the public key: {test.GetProperty("tcId")}");
            }
        }

        return engine.Verify(set, key, message, context, signature) == IsValid(test);
    }
}
