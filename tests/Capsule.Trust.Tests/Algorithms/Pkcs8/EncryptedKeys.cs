using System.Formats.Asn1;
using System.Security.Cryptography;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Tests.Algorithms.Pkcs8;

[TestClass]
public class EncryptedKeys
{
    private static readonly byte[] Passphrase = "correct horse"u8.ToArray();
    private static readonly byte[] Plain = MakePlain();

    [TestMethod]
    public void OpenWithTheirPassphraseOnly()
    {
        var encrypted = EncryptedPrivateKey.Encrypt(Plain, Passphrase, 1000);
        CollectionAssert.AreEqual(Plain, EncryptedPrivateKey.Read(encrypted)!.Decrypt(Passphrase));
        for (var guess = 0; guess < 600; guess++)
        {
            Assert.IsNull(EncryptedPrivateKey.Read(encrypted)!.Decrypt(BitConverter.GetBytes(guess)), "one wrong padding in 256 looks right");
        }
    }

    [TestMethod]
    public void AreThoseOfThePlatform()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encrypted = EncryptedPrivateKey.Encrypt(key.ExportPkcs8PrivateKey(), Passphrase, 1000);
        using var platform = ECDsa.Create();
        platform.ImportEncryptedPkcs8PrivateKey(Passphrase, encrypted, out _);

        foreach (var hash in new[] { HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA512 })
        {
            foreach (var cipher in new[] { PbeEncryptionAlgorithm.Aes128Cbc, PbeEncryptionAlgorithm.Aes192Cbc, PbeEncryptionAlgorithm.Aes256Cbc })
            {
                var theirs = key.ExportEncryptedPkcs8PrivateKey(Passphrase, new PbeParameters(cipher, hash, 1000));
                using var opened = SignatureAlgorithms.ImportPkcs8(EncryptedPrivateKey.Read(theirs)!.Decrypt(Passphrase));
                CollectionAssert.AreEqual(key.ExportSubjectPublicKeyInfo(), opened!.PublicKey.Spki.ToArray(), $"{hash} {cipher}");
            }
        }
    }

    [TestMethod]
    [DataRow("-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA256")]
    [DataRow("-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1")]
    [DataRow("-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA512")]
    public async Task AreThoseOfOpenSsl(params string[] options)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["plain"], Plain);
        var run = await Command.RunAsync(
            "openssl", ["pkcs8", "-topk8", "-in", folder["plain"], "-inform", "DER", "-outform", "DER", "-out", folder["key"], "-passout", "env:P", .. options],
            environment: new Dictionary<string, string?> { ["P"] = "correct horse" });
        Assert.AreEqual(0, run.ExitCode, run.All);
        CollectionAssert.AreEqual(Plain, EncryptedPrivateKey.Read(await File.ReadAllBytesAsync(folder["key"]))!.Decrypt(Passphrase));
    }

    [TestMethod]
    public void WithBoundsThatAreNotKeptAreNotRead()
    {
        Assert.IsNotNull(EncryptedPrivateKey.Read(Make(10_000_000)));
        Assert.IsNull(EncryptedPrivateKey.Read(Make(10_000_001)), "rounds that would hold us up for minutes");
        Assert.IsNull(EncryptedPrivateKey.Read(Make(int.MaxValue)));
        Assert.IsNull(EncryptedPrivateKey.Read(Make(0)));
        Assert.IsNull(EncryptedPrivateKey.Read(Make(-1)));
        Assert.IsNull(EncryptedPrivateKey.Read(Make(1000, salt: 129)));
        Assert.IsNull(EncryptedPrivateKey.Read(Make(1000, iv: 15)));
        Assert.IsNull(EncryptedPrivateKey.Read(Make(1000, data: 0)));
        Assert.IsNull(EncryptedPrivateKey.Read(Make(1000, data: 17)));
        Assert.IsNull(EncryptedPrivateKey.Read(Make(1000, data: 100_000)));
    }

    [TestMethod]
    public void OfOtherSchemesAreNotRead()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.IsNull(EncryptedPrivateKey.Read(
            key.ExportEncryptedPkcs8PrivateKey("correct horse", new PbeParameters(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12, HashAlgorithmName.SHA1, 1000))));
        Assert.IsNull(EncryptedPrivateKey.Read(key.ExportPkcs8PrivateKey()));
        Assert.IsNull(EncryptedPrivateKey.Read([]));
    }

    [TestMethod]
    public void ThatAreDamagedAnywhereNeverCrashAndNeverGiveAnotherKey()
    {
        var encrypted = EncryptedPrivateKey.Encrypt(Plain, Passphrase, 1);
        for (var at = 0; at < encrypted.Length; at++)
        {
            Assert.IsNull(EncryptedPrivateKey.Read(encrypted.AsSpan(0, at)), "cut");
            foreach (var bit in new byte[] { 1, 2, 4, 0x20, 0x80 })
            {
                byte[] damaged = [.. encrypted];
                damaged[at] ^= bit;
                using var key = EncryptedPrivateKey.Read(damaged) is { } read && read.Decrypt(Passphrase) is { } plain
                    ? SignatureAlgorithms.ImportPkcs8(plain)
                    : null;
                Assert.IsNull(key, $"byte {at}, bit {bit:x}");
            }
        }

        Assert.IsNull(EncryptedPrivateKey.Read([.. encrypted, 0]));
    }

    private static byte[] MakePlain()
    {
        using var key = SignatureAlgorithms.EcdsaP256.Generate();
        return key.ExportPkcs8();
    }

    private static byte[] Make(int iterations, int salt = 16, int iv = 16, int data = 32)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            new Pbes2(HashAlgorithmName.SHA256, 32, iterations, new byte[salt], new byte[iv]).Write(writer);
            writer.WriteOctetString(new byte[data]);
        }

        return writer.Encode();
    }
}
