using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.MlDsa;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Tests.Peers;

[TestClass]
public class MlDsaWithOpenSsl
{
    private static readonly byte[] Message = "A message for both.\n"u8.ToArray();

    public static IEnumerable<string> Names => MlDsaParameters.All.Select(s => s.Name);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task OurKeysAndSignaturesAreUnderstood(string name)
    {
        using var folder = new TemporaryFolder();
        var openssl = new OpenSsl(folder);
        using var key = SignatureAlgorithms.Find(name)!.Generate();
        openssl.WritePem("ours.key", "PRIVATE KEY", key.ExportPkcs8());
        openssl.WritePem("ours.pub", "PUBLIC KEY", key.PublicKey.Spki);
        openssl.WritePem("encrypted.key", "ENCRYPTED PRIVATE KEY", EncryptedPrivateKey.Encrypt(key.ExportPkcs8(), "correct horse"u8, 2048));

        await openssl.RunAsync("pkey", "-in", "ours.key", "-pubout", "-out", "theirs.pub");
        CollectionAssert.AreEqual(key.PublicKey.Spki.ToArray(), openssl.ReadPem("theirs.pub"), "the public key it derives");
        Assert.IsTrue(await openssl.VerifiesAsync("ours.pub", Message, key.Sign(Message)));
        Assert.IsFalse(await openssl.VerifiesAsync("ours.pub", [.. Message, 1], key.Sign(Message)));
        var theirs = await openssl.SignAsync("encrypted.key", Message, "-passin", "pass:correct horse");
        Assert.IsTrue(key.PublicKey.Verify(Message, theirs));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task ItsKeysAndSignaturesAreUnderstoodHere(string name)
    {
        using var folder = new TemporaryFolder();
        var openssl = new OpenSsl(folder);
        await openssl.RunAsync("genpkey", "-algorithm", name.ToUpperInvariant(), "-out", "both.key");
        await openssl.RunAsync("pkey", "-in", "both.key", "-pubout", "-out", "theirs.pub");
        var publicKey = PublicKey.FromSpki(openssl.ReadPem("theirs.pub"))!;
        Assert.AreEqual(name, publicKey.Algorithm.Name);
        var signature = await openssl.SignAsync("both.key", Message);
        Assert.IsTrue(publicKey.Verify(Message, signature));
        Assert.IsFalse(publicKey.Verify([.. Message, 1], signature));

        foreach (var form in new[] { "seed-only", "priv-only", "seed-priv", "bare-seed", "bare-priv" })
        {
            await openssl.RunAsync("pkey", "-in", "both.key", "-provparam", $"ml-dsa.output_formats={form}", "-out", "form.key");
            using var key = SignatureAlgorithms.ImportPkcs8(openssl.ReadPem("form.key"));
            Assert.AreEqual(form != "bare-priv", key is not null, form);
            if (key is not null)
            {
                Assert.AreEqual(publicKey, key.PublicKey, form);
                Assert.IsTrue(publicKey.Verify(Message, key.Sign(Message)), form);
            }
        }

        await openssl.RunAsync("pkcs8", "-topk8", "-in", "both.key", "-passout", "pass:correct horse", "-out", "encrypted.key");
        using var opened = SignatureAlgorithms.ImportPkcs8(EncryptedPrivateKey.Read(openssl.ReadPem("encrypted.key"))!.Decrypt("correct horse"u8)!);
        Assert.AreEqual(publicKey, opened!.PublicKey);
    }
}
