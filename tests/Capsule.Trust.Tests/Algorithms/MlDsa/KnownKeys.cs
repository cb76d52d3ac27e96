using System.Security.Cryptography;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.MlDsa;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

/// <summary>The key of the seed 00 01 … 1f and what it signs (specs: atoms 6.6 and 18; RFC 9881 appendix C has the same keys).</summary>
[TestClass]
public class KnownKeys
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [TestMethod]
    [DataRow("ml-dsa-44", "d7b2b472", "329a07b1fabb48f5", "9f107644c1084526af3bc8098680b05499a2325a644e388fb4f970e058d19d46", "04bf6b9f579166a627961dfc5c3bf9717df868db88863856356c4668c8b56b0b")]
    [DataRow("ml-dsa-65", "48683d91", "1b0563e3cd334614", "d666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9", "9f1e24f47795fe50040384e3d6183988047170fa2d866406b70fe0a3f8216063")]
    [DataRow("ml-dsa-87", "9792bcec", "89886750b57c24db", "91dc389cfaa01470b7f66eee45a4ae9026d154817c754dfe22298b3fa241ffcd", "764d3e223ed90c07bc91a0ab6ecd170e5c66ffe39f7039298596039a36005435")]
    public void HaveTheseHalves(string name, string rho, string tr, string publicHash, string privateHash)
    {
        var set = MlDsaVectorFile.Set(name);
        foreach (var engine in MlDsaEngines.All)
        {
            var (publicKey, privateKey) = (new byte[set.PublicKeyLength], new byte[set.PrivateKeyLength]);
            engine.Derive(set, Seed, publicKey, privateKey);
            Assert.StartsWith(rho, Convert.ToHexStringLower(publicKey));
            Assert.StartsWith(tr, Convert.ToHexStringLower(privateKey.AsSpan(64, 64)));
            Assert.AreEqual(publicHash, Hash(publicKey));
            Assert.AreEqual(privateHash, Hash(privateKey));
        }
    }

    [TestMethod]
    [DataRow("ml-dsa-44", "837832708c5236d951581f1fddf2b79991b3424a0486d16da1ddad0fd69701be", 1334, "MDQCAQAwCwYJYIZIAWUDBAMRBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")]
    [DataRow("ml-dsa-65", "b8b62131bfbe84433efb2273d7f5b87f7a22854a2cfd366fc2aead86d837c52d", 1974, "MDQCAQAwCwYJYIZIAWUDBAMSBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")]
    [DataRow("ml-dsa-87", "07e57c4f14dbad1267f621ec3777b4e2e6c4fbc4c22fbb87510ff8e0b3c6a642", 2614, "MDQCAQAwCwYJYIZIAWUDBAMTBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")]
    public void HaveTheseEncodings(string name, string spkiHash, int spkiLength, string pkcs8)
    {
        using var key = SignatureAlgorithms.Find(name)!.ImportPkcs8(Convert.FromBase64String(pkcs8))!;
        Assert.AreEqual(pkcs8, Convert.ToBase64String(key.ExportPkcs8()));
        Assert.AreEqual(spkiLength, key.PublicKey.Spki.Length);
        Assert.AreEqual($"sha256:{spkiHash}", key.PublicKey.Fingerprint);
    }

    [TestMethod]
    [DataRow("ml-dsa-44", "4231d073f970cc91a099dcdbe4455e5b77795887660205af31ed77226e3026ca")]
    [DataRow("ml-dsa-65", "fe4cc287ab64ecf9ab7d0c7764d53859994cc93876e9155770d964de7bdd0ef5")]
    [DataRow("ml-dsa-87", "e69ea59d777ef5711d7b638af327a15f6cae855e64423356633a5f9c11208c64")]
    public void SignAConstantMessageAsOthersDo(string name, string expected) =>
        Assert.AreEqual(expected, SignatureHash(name, "capsule: known answer"u8, []));

    [TestMethod]
    [DataRow("ml-dsa-44", "702af010d0f2139be372913d0d20184694f2f89c0982458a41e0f39f4992f045")]
    [DataRow("ml-dsa-65", "b1c877c999b03b353418e7003d839f4c343d1cbdb6204ae401676a26628aeab9")]
    [DataRow("ml-dsa-87", "7ad36ccd115f6b0ab33e9642f250debebaf855c07019fdfd26c716326ba866b6")]
    public void SignARealAtomAsOthersDo(string name, string expected)
    {
        var document = File.ReadAllBytes(Vectors.Sample("atoms", "compositions", "design-spec", "atom-cli-spec@1.0.0-draft", "spec.md"));
        Assert.AreEqual(expected, SignatureHash(name, document, []));
        if (name == "ml-dsa-65")
        {
            Assert.AreEqual(
                "5f0ddec6b7a9ca1d267433647a1fafc47812e1505f34cde10877dd72695374d1", SignatureHash(name, document, "atoms/canonical-bytes/v1"u8));
        }
    }

    [TestMethod]
    public void PassTheSelfTestOfEachEngineAndFailThatOfOneThatSaysYesToAll()
    {
        foreach (var engine in MlDsaEngines.All)
        {
            foreach (var set in MlDsaParameters.All)
            {
                Assert.IsTrue(MlDsaSelfTest.Passes(set, engine));
            }
        }

        Assert.IsFalse(MlDsaSelfTest.Passes(MlDsaParameters.MlDsa44, new AlwaysYes()));
    }

    private static string SignatureHash(string name, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context)
    {
        var set = MlDsaVectorFile.Set(name);
        var (publicKey, privateKey, signature) = (new byte[set.PublicKeyLength], new byte[set.PrivateKeyLength], new byte[set.SignatureLength]);
        KeyGeneration.Derive(set, Seed, publicKey, privateKey);
        SignatureGeneration.Sign(set, privateKey, message, context, new byte[32], signature);
        return Hash(signature);
    }

    private static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));

    /// <summary>An engine that says yes to every signature: what a self-test is there to find.</summary>
    private sealed class AlwaysYes : IMlDsaEngine
    {
        public void Derive(MlDsaParameters set, ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> privateKey) =>
            MlDsaEngines.Managed.Derive(set, seed, publicKey, privateKey);

        public void Sign(
            MlDsaParameters set, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, Span<byte> signature) =>
            MlDsaEngines.Managed.Sign(set, privateKey, message, context, signature);

        public bool Verify(
            MlDsaParameters set,
            ReadOnlySpan<byte> publicKey,
            ReadOnlySpan<byte> message,
            ReadOnlySpan<byte> context,
            ReadOnlySpan<byte> signature) => true;
    }
}
