using System.Security.Cryptography;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Tests.Algorithms;

[TestClass]
public class EcdsaP256Keys
{
    [TestMethod]
    public void SignWhatTheyThemselvesAndThePlatformVerify()
    {
        using var key = SignatureAlgorithms.EcdsaP256.Generate();
        var message = "hello"u8.ToArray();
        var signature = key.Sign(message);

        Assert.IsTrue(key.PublicKey.Verify(message, signature));
        Assert.IsFalse(key.PublicKey.Verify("hellp"u8, signature));
        using var platform = ECDsa.Create();
        platform.ImportSubjectPublicKeyInfo(key.PublicKey.Spki, out _);
        Assert.IsTrue(platform.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [TestMethod]
    public void RefuseThePlatformsFixedLengthSignatureForm()
    {
        using var platform = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = PublicKey.FromSpki(platform.ExportSubjectPublicKeyInfo())!;
        Assert.IsFalse(key.Verify("m"u8, platform.SignData("m"u8, HashAlgorithmName.SHA256)));
    }

    [TestMethod]
    public void SurviveExport()
    {
        using var key = SignatureAlgorithms.EcdsaP256.Generate();
        var file = key.ExportPkcs8();

        using var again = SignatureAlgorithms.EcdsaP256.ImportPkcs8(file);
        Assert.AreEqual(key.PublicKey, again!.PublicKey);
        Assert.IsNull(SignatureAlgorithms.EcdsaP256.ImportPkcs8([.. file, 0]));
        Assert.IsNull(SignatureAlgorithms.EcdsaP256.ImportPkcs8(file.AsSpan(0, file.Length - 1)));
    }

    [TestMethod]
    public void OfAnotherCurveAreNotKeys()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.IsNull(PublicKey.FromSpki(p384.ExportSubjectPublicKeyInfo()));
        Assert.IsNull(SignatureAlgorithms.ImportPkcs8(p384.ExportPkcs8PrivateKey()));
        using var rsa = RSA.Create(2048);
        Assert.IsNull(PublicKey.FromSpki(rsa.ExportSubjectPublicKeyInfo()));
        Assert.IsNull(SignatureAlgorithms.ImportPkcs8(rsa.ExportPkcs8PrivateKey()));
    }

    [TestMethod]
    public void InAnotherFormThanTheCanonicalOneAreNotKeys()
    {
        var spki = Convert.FromBase64String(TrustVector.Spki);
        Assert.IsNull(PublicKey.FromSpki([.. spki, 0]));
        Assert.IsNull(PublicKey.FromSpki(spki.AsSpan(0, spki.Length - 1)));
        Assert.IsNull(PublicKey.FromSpki([]));
        Assert.IsNull(PublicKey.FromSpki(new byte[100_000]));
        byte[] offCurve = [.. spki];
        offCurve[^1] ^= 1;
        Assert.IsNull(PublicKey.FromSpki(offCurve));
        byte[] compressed = [.. spki.AsSpan(0, 26), 0x03, .. spki.AsSpan(27, 32)];
        compressed[1] = 0x39;
        compressed[24] = 0x22;
        Assert.IsNull(PublicKey.FromSpki(compressed));
    }
}
