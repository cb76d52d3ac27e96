using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.MlDsa;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

[TestClass]
public class PublicKeysAndSignatures
{
    public static IEnumerable<string> Names => MlDsaParameters.All.Select(s => s.Name);

    [TestMethod]
    public void AContextKeepsSignaturesApart()
    {
        using var key = SignatureAlgorithms.MlDsa44.Generate();
        foreach (var deterministic in (bool[])[false, true])
        {
            var signature = key.SignInContext("m"u8, "a"u8, deterministic);
            Assert.IsTrue(key.PublicKey.VerifyInContext("m"u8, "a"u8, signature));
            Assert.IsFalse(key.PublicKey.VerifyInContext("m"u8, "b"u8, signature));
            Assert.IsFalse(key.PublicKey.Verify("m"u8, signature));
            Assert.IsFalse(key.PublicKey.VerifyInContext("m"u8, [], key.Sign("m"u8)), "the empty context is no context of its own");
        }

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => key.SignInContext("m"u8, [], false));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => key.SignInContext("m"u8, new byte[256], false));
        using var other = SignatureAlgorithms.Ed25519.Generate();
        Assert.ThrowsExactly<NotSupportedException>(() => other.SignInContext("m"u8, "a"u8, false));
        Assert.IsFalse(other.PublicKey.VerifyInContext("m"u8, "a"u8, other.Sign("m"u8)));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void OfNewKeysVerifyAndChangedOnesDoNot(string name)
    {
        var algorithm = SignatureAlgorithms.Find(name)!;
        using var key = algorithm.Generate();
        var (message, signature) = ("hello"u8.ToArray(), key.Sign("hello"u8));
        Assert.IsTrue(algorithm.IsWellFormed(signature));
        Assert.IsTrue(key.PublicKey.Verify(message, signature));
        Assert.IsFalse(key.PublicKey.Verify("hellp"u8, signature));
        Assert.IsFalse(key.PublicKey.Verify(message, [.. signature, 0]));
        Assert.IsFalse(key.PublicKey.Verify(message, signature.AsSpan(0, signature.Length - 1)));
        Assert.IsFalse(key.PublicKey.Verify(message, []));
        CollectionAssert.AreNotEqual(signature, key.Sign(message), "signatures are hedged");
        for (var bit = 0; bit < signature.Length * 8; bit += 37)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(key.PublicKey.Verify(message, signature), $"bit {bit}");
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        using var other = algorithm.Generate();
        Assert.IsFalse(other.PublicKey.Verify(message, signature));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void HaveOneFormOnly(string name)
    {
        var algorithm = SignatureAlgorithms.Find(name)!;
        using var key = algorithm.Generate();
        var spki = key.PublicKey.Spki.ToArray();
        Assert.AreEqual(key.PublicKey, PublicKey.FromSpki(spki));
        Assert.AreEqual(key.PublicKey, PublicKey.FromRaw(algorithm, key.PublicKey.Raw));
        Assert.IsNull(PublicKey.FromRaw(algorithm, key.PublicKey.Raw[1..]));
        Assert.IsNull(PublicKey.FromRaw(algorithm, []));
        Assert.IsNull(PublicKey.FromSpki([.. spki, 0]));
        Assert.IsNull(PublicKey.FromSpki(spki.AsSpan(0, spki.Length - 1)));
        for (var i = 0; i < algorithm.SpkiHeader.Length; i++)
        {
            byte[] changed = [.. spki];
            changed[i] ^= 1;
            var read = PublicKey.FromSpki(changed);
            Assert.IsTrue(read is null || read.Algorithm != algorithm, $"byte {i}");
        }

        var signature = key.Sign("m"u8);
        signature[^1] = (byte)(MlDsaVectorFile.Set(name).Omega + 1);
        Assert.IsFalse(algorithm.IsWellFormed(signature), "more hints than there may be");
    }

    /// <summary>The pool and the just-in-time compiler have done their work after some rounds; from then on nothing may come.</summary>
    [TestMethod]
    [DynamicData(nameof(Names))]
    public void AreVerifiedWithoutAllocatingAByte(string name)
    {
        using var key = SignatureAlgorithms.Find(name)!.Generate();
        var set = MlDsaVectorFile.Set(name);
        var signature = key.Sign("m"u8);
        Assert.AreEqual(0, Allocated(() => MlDsaEngines.Managed.Verify(set, key.PublicKey.Raw, "m"u8, [], signature)));
        if (MlDsaEngines.Platform is null)
        {
            Assert.AreEqual(0, Allocated(() => key.PublicKey.Verify("m"u8, signature)));
        }

        static long Allocated(Func<bool> verify)
        {
            for (var round = 0; round < 50; round++)
            {
                Assert.IsTrue(verify());
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < 100; round++)
            {
                verify();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
