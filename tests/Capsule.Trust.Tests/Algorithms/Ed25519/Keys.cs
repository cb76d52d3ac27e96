using System.Numerics;
using System.Security.Cryptography;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Tests.Algorithms.Ed25519;

[TestClass]
public class Keys
{
    private const string SpkiStart = "302a300506032b6570032100";

    [TestMethod]
    public void InAnotherFormThanTheCanonicalOneAreNotKeys()
    {
        using var key = SignatureAlgorithms.Ed25519.Generate();
        byte[] spki = [.. key.PublicKey.Spki];
        Assert.IsNotNull(PublicKey.FromSpki(spki));
        Assert.IsNull(PublicKey.FromSpki([.. spki, 0]));
        Assert.IsNull(PublicKey.FromSpki(spki.AsSpan(0, 43)));
        Assert.IsNull(PublicKey.FromSpki([0x30, 0x2c, 0x30, 0x07, .. spki.AsSpan(4, 5), 0x05, 0x00, .. spki.AsSpan(9)]), "parameters");
        byte[] x25519 = [.. spki];
        x25519[8] = 0x6e;
        Assert.IsNull(PublicKey.FromSpki(x25519));
    }

    [TestMethod]
    [DataRow("0000000000000000000000000000000000000000000000000000000000000000", DisplayName = "order 4")]
    [DataRow("0100000000000000000000000000000000000000000000000000000000000000", DisplayName = "the identity")]
    [DataRow("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", DisplayName = "order 2")]
    [DataRow("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", DisplayName = "order 8")]
    [DataRow("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", DisplayName = "order 8, the other")]
    [DataRow("0100000000000000000000000000000000000000000000000000000000000080", DisplayName = "x = 0, negative")]
    [DataRow("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", DisplayName = "y = p")]
    [DataRow("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", DisplayName = "y = p + 1")]
    [DataRow("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", DisplayName = "y = 2^255 - 1")]
    [DataRow("0200000000000000000000000000000000000000000000000000000000000000", DisplayName = "not on the curve")]
    public void OfNoUseAreNotKeys(string key) => Assert.IsNull(PublicKey.FromSpki(Convert.FromHexString(SpkiStart + key)));

    [TestMethod]
    public void ThatSignAreRefusedWhenOneBitChanges()
    {
        using var key = SignatureAlgorithms.Ed25519.Generate();
        var signature = key.Sign("message"u8);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            signature[bit >> 3] ^= (byte)(1 << (bit & 7));
            Assert.IsFalse(key.PublicKey.Verify("message"u8, signature), $"bit {bit}");
            signature[bit >> 3] ^= (byte)(1 << (bit & 7));
        }

        Assert.IsTrue(key.PublicKey.Verify("message"u8, signature));
        Assert.IsFalse(key.PublicKey.Verify("message"u8, signature.AsSpan(0, 63)));
        Assert.IsFalse(key.PublicKey.Verify("message"u8, [.. signature, 0]));
        Assert.IsFalse(SignatureAlgorithms.Ed25519.IsWellFormed([.. signature.AsSpan(0, 32), .. Enumerable.Repeat<byte>(0xff, 32)]), "S above L");
        Assert.IsFalse(SignatureAlgorithms.Ed25519.IsWellFormed([.. Enumerable.Repeat<byte>(0xff, 32), .. signature.AsSpan(32)]), "R above p");
    }

    [TestMethod]
    [DataRow("302e020100300506032b657004220420{0}", true, DisplayName = "its one form")]
    [DataRow("302c020100300506032b65700420{0}", false, DisplayName = "no inner octet string")]
    [DataRow("302d020100300506032b65700421041f{1}", false, DisplayName = "31 bytes")]
    [DataRow("302f020100300506032b657004230420{0}00", false, DisplayName = "a byte behind the seed")]
    [DataRow("3030020100300706032b6570050004220420{0}", false, DisplayName = "parameters")]
    [DataRow("302e020100300506032b656e04220420{0}", false, DisplayName = "X25519")]
    public void ThatArePrivateAreReadStrictly(string form, bool good)
    {
        var der = Convert.FromHexString(form.Replace("{0}", new string('7', 64), StringComparison.Ordinal).Replace("{1}", new string('7', 62), StringComparison.Ordinal));
        using var key = SignatureAlgorithms.ImportPkcs8(der);
        Assert.AreEqual(good, key is not null);
    }

    [TestMethod]
    public async Task AndTheirSignaturesAreThoseOfOpenSsl()
    {
        using var folder = new TemporaryFolder();
        using var ours = SignatureAlgorithms.Ed25519.Generate();
        byte[] message = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
        await File.WriteAllBytesAsync(folder["message"], message);
        folder.Write("ours.pem", PemEncoding.WriteString("PRIVATE KEY", ours.ExportPkcs8()));
        folder.Write("ours.pub", PemEncoding.WriteString("PUBLIC KEY", ours.PublicKey.Spki));

        await OpenSsl("pkeyutl", "-sign", "-inkey", folder["ours.pem"], "-rawin", "-in", folder["message"], "-out", folder["theirs.sig"]);
        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(folder["theirs.sig"]), ours.Sign(message), "Ed25519 is deterministic");
        await OpenSsl("pkeyutl", "-verify", "-pubin", "-inkey", folder["ours.pub"], "-rawin", "-in", folder["message"], "-sigfile", folder["theirs.sig"]);

        await OpenSsl("genpkey", "-algorithm", "ed25519", "-outform", "DER", "-out", folder["theirs.der"]);
        using var theirs = SignatureAlgorithms.ImportPkcs8(await File.ReadAllBytesAsync(folder["theirs.der"]));
        await OpenSsl("pkey", "-in", folder["theirs.der"], "-inform", "DER", "-pubout", "-outform", "DER", "-out", folder["theirs.pub"]);
        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(folder["theirs.pub"]), theirs!.PublicKey.Spki.ToArray());
    }

    private static async Task OpenSsl(params string[] arguments)
    {
        var run = await Command.RunAsync("openssl", arguments);
        Assert.AreEqual(0, run.ExitCode, run.All);
    }
}
