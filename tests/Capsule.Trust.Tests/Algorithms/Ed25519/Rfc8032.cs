using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Tests.Algorithms.Ed25519;

/// <summary>RFC 8032 7.1, and the keys of RFC 8410 10.</summary>
[TestClass]
public class Rfc8032
{
    [TestMethod]
    [DataRow(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [DataRow(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [DataRow(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [DataRow(
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void IsReproduced(string seed, string publicKey, string message, string signature)
    {
        using var key = SignatureAlgorithms.ImportPkcs8(PrivateKeyInfo.Write("1.3.101.112", [4, 32, .. Convert.FromHexString(seed)]));
        var bytes = Convert.FromHexString(message);
        Assert.AreEqual(publicKey, Convert.ToHexStringLower(key!.PublicKey.Spki[12..]));
        Assert.AreEqual(signature, Convert.ToHexStringLower(key.Sign(bytes)));
        Assert.IsTrue(key.PublicKey.Verify(bytes, Convert.FromHexString(signature)));
        Assert.IsFalse(key.PublicKey.Verify([.. bytes, 0], Convert.FromHexString(signature)));
    }

    [TestMethod]
    public void KeysInBothOfTheirEncodingsAreRead()
    {
        const string First = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";
        const string Second = "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC"
            + "oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
        const string Public = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
        using var first = SignatureAlgorithms.ImportPkcs8(Convert.FromBase64String(First));
        using var second = SignatureAlgorithms.ImportPkcs8(Convert.FromBase64String(Second));
        Assert.AreEqual(Public, first!.PublicKey.SpkiBase64);
        Assert.AreEqual(Public, second!.PublicKey.SpkiBase64);
        Assert.AreEqual(First, Convert.ToBase64String(second.ExportPkcs8()), "written in the first form");

        var other = Convert.FromBase64String(Second);
        other[^1] ^= 1;
        Assert.IsNull(SignatureAlgorithms.ImportPkcs8(other), "a public key that is not the private one's");
    }
}
