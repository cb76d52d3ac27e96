using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Tests.Algorithms.Pkcs8;

[TestClass]
public class PlainKeys
{
    private const string Ed25519 = "1.3.101.112";

    [TestMethod]
    public void AreWrittenInOneFormAndReadAgain()
    {
        var der = PrivateKeyInfo.Write(Ed25519, [4, 2, 7, 8]);
        Assert.AreEqual("3010020100300506032B6570040404020708", Convert.ToHexString(der));
        Assert.IsTrue(PrivateKeyInfo.TryRead(der, out var info));
        Assert.AreEqual(Ed25519, info.Algorithm);
        Assert.IsTrue(info.Parameters.IsEmpty);
        Assert.IsTrue(info.PublicKey.IsEmpty);
        Assert.AreEqual("04020708", Convert.ToHexString(info.PrivateKey));
    }

    [TestMethod]
    public void OfThePlatformAreRead()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.IsTrue(PrivateKeyInfo.TryRead(key.ExportPkcs8PrivateKey(), out var info));
        Assert.AreEqual("1.2.840.10045.2.1", info.Algorithm);
        Assert.AreEqual("06082A8648CE3D030107", Convert.ToHexString(info.Parameters));
    }

    [TestMethod]
    [DataRow("301B020101300506032B657004030201FF" + "A006" + "3004" + "06022A03" + "8102" + "00AB", true, DisplayName = "attributes and public key, version 2")]
    [DataRow("3011020101300506032B657004030201FF" + "8100", false, DisplayName = "a bit string without its first byte")]
    [DataRow("3013020101300506032B657004030201FF" + "810201AA", false, DisplayName = "a bit string of seven bits")]
    [DataRow("3013020100300506032B657004030201FF" + "810200AB", false, DisplayName = "a public key in version 1")]
    [DataRow("300F020101300506032B657004030201FF", false, DisplayName = "version 2 without its public key")]
    [DataRow("300F020102300506032B657004030201FF", false, DisplayName = "version 3")]
    [DataRow("300F0201FF300506032B657004030201FF", false, DisplayName = "a negative version")]
    [DataRow("30100202 0000300506032B657004030201FF", false, DisplayName = "a version of two bytes")]
    [DataRow("30810F020100300506032B657004030201FF", false, DisplayName = "a long form of a short length")]
    [DataRow("3080020100300506032B657004030201FF0000", false, DisplayName = "an indefinite length")]
    [DataRow("3011020100300506032B6570240504030201FF", false, DisplayName = "an octet string in pieces")]
    [DataRow("300F020100300506032B657004030201FF00", false, DisplayName = "something behind it")]
    [DataRow("3011020100300506032B657004030201FF0500", false, DisplayName = "an unknown field")]
    [DataRow("3013020100300906032B65700500050004030201FF", false, DisplayName = "two parameters")]
    public void AreReadStrictly(string hex, bool good) =>
        Assert.AreEqual(good, PrivateKeyInfo.TryRead(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), out _));

    [TestMethod]
    public void OfAbsurdSizeAreNotRead() => Assert.IsFalse(PrivateKeyInfo.TryRead(PrivateKeyInfo.Write(Ed25519, new byte[20_000]), out _));
}
