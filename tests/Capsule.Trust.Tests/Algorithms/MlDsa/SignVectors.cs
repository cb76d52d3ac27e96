using System.Text.Json;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.MlDsa;
using static Capsule.Trust.Tests.Algorithms.MlDsa.MlDsaVectorFile;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

[TestClass]
public class SignVectors
{
    [TestMethod]
    [DataRow("ml-dsa-44", 86, 3)]
    [DataRow("ml-dsa-65", 105, 3)]
    [DataRow("ml-dsa-87", 96, 3)]
    public void WithASeedAllAgreeWithWycheproof(string name, int cases, int wrongLengths)
    {
        var set = Set(name);
        foreach (var engine in MlDsaEngines.All)
        {
            var refused = 0;
            var (count, wrong) = Run(set, "sign_seed", (group, test) =>
            {
                var seed = Hex(group, "privateSeed")!;
                if (seed.Length != MlDsaParameters.SeedLength)
                {
                    refused++;
                    return !IsValid(test) && Imported(set, Hex(group, "privateKeyPkcs8"), seed) is null;
                }

                var (publicKey, privateKey) = (new byte[set.PublicKeyLength], new byte[set.PrivateKeyLength]);
                engine.Derive(set, seed, publicKey, privateKey);
                using var imported = Imported(set, Hex(group, "privateKeyPkcs8"), seed);
                return (Hex(group, "publicKey") is not { } expected || expected.AsSpan().SequenceEqual(publicKey))
                    && imported!.PublicKey.Raw.SequenceEqual(publicKey)
                    && SignsAsExpected(engine, set, privateKey, publicKey, test);
            });
            Assert.AreEqual(cases, count);
            Assert.AreEqual(wrongLengths, refused);
            Assert.AreEqual("", wrong, engine.GetType().Name);
        }
    }

    [TestMethod]
    [DataRow("ml-dsa-44", 73)]
    [DataRow("ml-dsa-65", 78)]
    [DataRow("ml-dsa-87", 69)]
    public void WithAnExpandedKeyAllAgreeWithWycheproof(string name, int cases)
    {
        var set = Set(name);
        foreach (var engine in MlDsaEngines.All)
        {
            var (count, wrong) = Run(set, "sign_noseed", (group, test) =>
            {
                var privateKey = Hex(group, "privateKey")!;
                var publicKey = new byte[set.PublicKeyLength];
                return KeyGeneration.TryFindPublicKey(set, privateKey, publicKey)
                    ? (Hex(group, "publicKey") is not { } expected || expected.AsSpan().SequenceEqual(publicKey))
                        && SignsAsExpected(engine, set, privateKey, publicKey, test)
                    : !IsValid(test);
            });
            Assert.AreEqual(cases, count);
            Assert.AreEqual("", wrong, engine.GetType().Name);
        }
    }

    /// <summary>The same bytes from our code; from the engine, whose signatures are hedged, one that verifies.</summary>
    private static bool SignsAsExpected(IMlDsaEngine engine, MlDsaParameters set, byte[] privateKey, byte[] publicKey, JsonElement test)
    {
        var random = Hex(test, "rnd") ?? new byte[MlDsaParameters.SeedLength];
        var signature = new byte[set.SignatureLength];
        if (HasFlag(test, "Internal"))
        {
            SignatureGeneration.SignDigest(set, privateKey, Hex(test, "mu")!, random, signature);
            return IsValid(test) && signature.AsSpan().SequenceEqual(Hex(test, "sig"))
                && Verification.VerifyDigest(set, publicKey, Hex(test, "mu")!, signature);
        }

        var (message, context) = (Hex(test, "msg")!, Hex(test, "ctx") ?? []);
        if (context.Length > MlDsaParameters.MaximumContextLength)
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SignatureGeneration.Sign(set, privateKey, message, context, random, signature));
            return !IsValid(test);
        }

        SignatureGeneration.Sign(set, privateKey, message, context, random, signature);
        var hedged = new byte[set.SignatureLength];
        engine.Sign(set, privateKey, message, context, hedged);
        return IsValid(test) && signature.AsSpan().SequenceEqual(Hex(test, "sig"))
            && engine.Verify(set, publicKey, message, context, signature)
            && engine.Verify(set, publicKey, message, context, hedged)
            && !hedged.AsSpan().SequenceEqual(signature);
    }

    private static IPrivateKey? Imported(MlDsaParameters set, byte[]? pkcs8, byte[] seed)
    {
        var algorithm = SignatureAlgorithms.Find(set.Name)!;
        return algorithm.ImportPkcs8(pkcs8 ?? Pkcs8Forms.Seed((MlDsaAlgorithm)algorithm, seed));
    }
}
