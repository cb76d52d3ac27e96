using System.Formats.Asn1;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.MlDsa;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

[TestClass]
public class PrivateKeyForms
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static IEnumerable<string> Names => MlDsaParameters.All.Select(s => s.Name);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ThreeAndTwoObsoleteAreReadAndTheSeedIsWritten(string name)
    {
        var (algorithm, expanded) = Key(name);
        using var expected = algorithm.ImportPkcs8(Pkcs8Forms.Seed(algorithm, Seed))!;
        byte[][] withSeed =
        [
            Pkcs8Forms.Seed(algorithm, Seed), Pkcs8Forms.Both(algorithm, Seed, expanded), Pkcs8Forms.Bare(algorithm, Seed), Pkcs8Forms.Expanded(algorithm, Seed),
        ];
        foreach (var form in withSeed)
        {
            using var key = algorithm.ImportPkcs8(form)!;
            Assert.AreEqual(expected.PublicKey, key.PublicKey);
            CollectionAssert.AreEqual(withSeed[0], key.ExportPkcs8());
            Assert.IsTrue(expected.PublicKey.Verify("m"u8, key.Sign("m"u8)));
        }

        using var withoutSeed = algorithm.ImportPkcs8(Pkcs8Forms.Expanded(algorithm, expanded))!;
        Assert.AreEqual(expected.PublicKey, withoutSeed.PublicKey);
        Assert.IsTrue(expected.PublicKey.Verify("m"u8, withoutSeed.Sign("m"u8)));
        CollectionAssert.AreEqual(Pkcs8Forms.Expanded(algorithm, expanded), withoutSeed.ExportPkcs8());
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ThatContradictThemselvesAreRefused(string name)
    {
        var (algorithm, expanded) = Key(name);
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Both(algorithm, [.. Seed.Reverse()], expanded)), "the seed of another key");
        var layout = new PrivateKeyLayout(algorithm.Set);
        Assert.IsNull(algorithm.ImportPkcs8(Flipped(0)), "rho");
        Assert.IsNull(algorithm.ImportPkcs8(Flipped(layout.Tr.Start.Value)), "tr");
        Assert.IsNull(algorithm.ImportPkcs8(Flipped(layout.Secrets.Start.Value)), "s1");
        Assert.IsNull(algorithm.ImportPkcs8(Flipped(layout.Secrets.End.Value)), "t0");
        Assert.IsNull(algorithm.ImportPkcs8(Flipped(expanded.Length - 1)), "the end of t0");
        byte[] outOfRange = [.. expanded];
        outOfRange[layout.Secrets.Start.Value] = 0xff;
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Expanded(algorithm, outOfRange)), "s1 beyond eta");

        byte[] Flipped(int at)
        {
            byte[] key = [.. expanded];
            key[at] ^= 1;
            return Pkcs8Forms.Expanded(algorithm, key);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ThatAreMalformedAreRefused(string name)
    {
        var (algorithm, expanded) = Key(name);
        var good = Pkcs8Forms.Seed(algorithm, Seed);
        Assert.IsNull(algorithm.ImportPkcs8([]));
        Assert.IsNull(algorithm.ImportPkcs8([.. good, 0]));
        for (var length = 0; length < good.Length; length++)
        {
            Assert.IsNull(algorithm.ImportPkcs8(good.AsSpan(0, length)));
        }

        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Seed(algorithm, new byte[31])));
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Seed(algorithm, new byte[33])));
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Bare(algorithm, new byte[33])));
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Expanded(algorithm, [.. expanded, 0])));
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Expanded(algorithm, expanded[..^1])));
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Both(algorithm, Seed, expanded[..^1])));
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Both(algorithm, Seed[..^1], expanded)));
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Wrap(algorithm, w => w.WriteInteger(1))));
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Wrap(algorithm, w =>
        {
            w.WriteOctetString(Seed, new Asn1Tag(TagClass.ContextSpecific, 0));
            w.WriteNull();
        })));
        Assert.IsNull(algorithm.ImportPkcs8(Pkcs8Forms.Wrap(algorithm, w => w.WriteOctetString(Seed, new Asn1Tag(TagClass.ContextSpecific, 1)))));
        foreach (var other in SignatureAlgorithms.All.Where(a => a != algorithm))
        {
            Assert.IsNull(other.ImportPkcs8(good), other.Name);
        }
    }

    [TestMethod]
    public void WithAPublicKeyBesideThemAreReadOnlyWhenItIsTheirs()
    {
        var (algorithm, _) = Key("ml-dsa-44");
        using var key = algorithm.ImportPkcs8(Pkcs8Forms.Seed(algorithm, Seed))!;
        var right = key.PublicKey.Raw.ToArray();
        using var again = algorithm.ImportPkcs8(WithPublicKey(right));
        Assert.AreEqual(key.PublicKey, again!.PublicKey);
        right[7] ^= 1;
        Assert.IsNull(algorithm.ImportPkcs8(WithPublicKey(right)));

        byte[] WithPublicKey(byte[] publicKey)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(algorithm.ObjectIdentifier);
                }

                writer.WriteOctetString([0x80, 32, .. Seed]);
                writer.WriteBitString(publicKey, 0, new Asn1Tag(TagClass.ContextSpecific, 1));
            }

            return writer.Encode();
        }
    }

    [TestMethod]
    public void WithParametersAreRefused()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("2.16.840.1.101.3.4.3.17");
                writer.WriteNull();
            }

            writer.WriteOctetString([0x80, 32, .. Seed]);
        }

        Assert.IsNull(SignatureAlgorithms.MlDsa44.ImportPkcs8(writer.Encode()));
    }

    [TestMethod]
    public void SurviveEncryptionAndSignNothingOnceDisposed()
    {
        using var key = SignatureAlgorithms.MlDsa65.Generate();
        var file = EncryptedPrivateKey.Encrypt(key.ExportPkcs8(), "correct horse"u8, 1000);
        var again = SignatureAlgorithms.ImportPkcs8(EncryptedPrivateKey.Read(file)!.Decrypt("correct horse"u8)!)!;
        Assert.AreEqual(key.PublicKey, again.PublicKey);
        again.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => again.Sign("m"u8));
        Assert.ThrowsExactly<ObjectDisposedException>(() => again.ExportPkcs8());
    }

    private static (MlDsaAlgorithm Algorithm, byte[] Expanded) Key(string name)
    {
        var set = MlDsaVectorFile.Set(name);
        var (publicKey, expanded) = (new byte[set.PublicKeyLength], new byte[set.PrivateKeyLength]);
        KeyGeneration.Derive(set, Seed, publicKey, expanded);
        return ((MlDsaAlgorithm)SignatureAlgorithms.Find(name)!, expanded);
    }
}
