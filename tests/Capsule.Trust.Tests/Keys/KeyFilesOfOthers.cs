using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.Pkcs8;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Keys;

/// <summary>Taking in keys that other programs made, and giving ours away.</summary>
[TestClass]
public class KeyFilesOfOthers
{
    private const string Passphrase = "six random words of mine";
    private const string Label = "ENCRYPTED PRIVATE KEY";

    [TestMethod]
    [DataRow("ed25519", "-algorithm ed25519")]
    [DataRow("ecdsa-p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256")]
    public async Task OfOpenSslAreTakenInAndSign(string algorithm, string options)
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder["keys"]);
        var run = await Command.RunAsync(
            "openssl", ["genpkey", .. options.Split(' '), "-aes-256-cbc", "-pass", "env:P", "-out", folder["theirs.pem"]], environment: new Dictionary<string, string?> { ["P"] = Passphrase });
        Assert.AreEqual(0, run.ExitCode, run.All);
        var key = Import(store, folder["theirs.pem"]).Value!;
        Assert.AreEqual(algorithm, key.Key.Algorithm.Name);
        Assert.AreEqual(KeyPurpose.Release, key.Purpose);
        using var signer = (await KeyOpener.OpenAsync(new KeyReference.Id("a"), store, folder.Secret(Passphrase), CancellationToken.None)).Value!;
        var message = SigningMessage.Statement("{}"u8);
        var signature = (await signer.SignAsync(message, CancellationToken.None)).Value!;
        Assert.IsTrue(key.Key.Verify(message.Bytes.Span, signature));
    }

    [TestMethod]
    public void GoOutAndComeInAgainWithTheirPurpose()
    {
        foreach (var algorithm in (ISignatureAlgorithm[])[SignatureAlgorithms.EcdsaP256, SignatureAlgorithms.MlDsa44])
        {
            using var folder = new TemporaryFolder();
            var (store, other) = (new KeyStore(folder["keys"]), new KeyStore(folder["other"]));
            using var passphrase = Secret.FromText(Passphrase);
            using var another = Secret.FromText("another six words of yours");
            var made = store.Create("a", KeyPurpose.Atom, passphrase, algorithm).Value!;
            Assert.IsTrue(store.ExportPrivate("a", folder["out.pem"]).Succeeded);
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["out.pem"]));
            Assert.AreEqual("CAP3220", store.ExportPrivate("a", folder["out.pem"]).Diagnostics.Single().Code);
            Assert.AreEqual("CAP3220", store.ExportPublic("a", "text", folder["out.pem"]).Diagnostics.Single().Code);

            Assert.AreEqual("CAP3210", other.Import("a", folder["out.pem"], KeyPurpose.Release, passphrase, another).Diagnostics.Single().Code);
            Assert.AreEqual("CAP3206", other.Import("a", folder["out.pem"], null, another, another).Diagnostics.Single().Code);
            Assert.AreEqual(made, other.Import("a", folder["out.pem"], null, passphrase, another).Value);
            Assert.AreEqual("CAP3215", other.Import("a", folder["out.pem"], null, passphrase, another).Diagnostics.Single().Code);
            using var again = KeyFile.Open(other.PrivatePath("a"), another);
            Assert.AreEqual(made.Key, again.PublicKey);
        }
    }

    [TestMethod]
    public void ThatAreNoneAreRefusedWithTheReason()
    {
        using var folder = new TemporaryFolder();
        var good = Encrypt(MakePlain());
        Fails("CAP3205", Pem("PRIVATE KEY", MakePlain()), "openssl pkcs8 -topk8");
        Fails("CAP3205", "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n", "openssl pkcs8 -topk8");
        Fails("CAP3204", Pem(Label, good)[..100], "no PEM block");
        Fails("CAP3204", Pem(Label, good.AsSpan(0, 100)), "PBES2");
        Fails("CAP3204", Pem(Label, [.. good, 0]), "PBES2");
        Fails("CAP3204", Pem(Label, Bomb()), "10000000");
        Fails("CAP3204", new string('A', 70_000), "too large");
        Fails("CAP3204", $"purpose: all\n{Pem(Label, good)}", "purpose");
        Fails("CAP3204", $"purpose: atom\npurpose: release\n{Pem(Label, good)}", "purpose");
        Fails("CAP3204", Pem(Label, Encrypt(PrivateKeyInfo.Write("1.2.3.4", [1, 2]))), "1.2.3.4");
        Fails("CAP3204", Pem(Label, Encrypt(PrivateKeyInfo.Write("1.3.101.112", [4, 2, 1, 2]))), "ml-dsa-65");
        Fails("CAP3203", Pem(Label, good), "others", UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Fails("CAP3202", null, "no key");

        void Fails(string code, string? text, string says, UnixFileMode extra = UnixFileMode.None)
        {
            var file = folder["b.pem"];
            if (text is null)
            {
                File.Delete(file);
            }
            else
            {
                folder.Write("b.pem", text);
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | extra);
            }

            var result = Import(new KeyStore(folder["keys"]), file);
            Assert.AreEqual(code, result.Diagnostics.Single().Code, result.Diagnostics.Single().Message);
            Assert.Contains(says, result.Diagnostics.Single().Message + result.Diagnostics.Single().Hint);
            Assert.IsFalse(Directory.Exists(folder["keys"]), "something was written");
        }
    }

    [TestMethod]
    public void OfTheSameNameMadeAtOnceAreOne()
    {
        using var folder = new TemporaryFolder();
        var results = new Result<KnownKey>[3];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = results.Length }, i =>
        {
            using var passphrase = Secret.FromText(Passphrase);
            results[i] = new KeyStore(folder["keys"]).Create("a", KeyPurpose.Release, passphrase, SignatureAlgorithms.Ed25519);
        });
        var made = results.Single(r => r.Succeeded).Value!;
        Assert.IsTrue(results.Where(r => !r.Succeeded).All(r => r.Diagnostics.Single().Code == "CAP3215"));
        using var secret = Secret.FromText(Passphrase);
        using var opened = KeyFile.Open(folder["keys", "a.key"], secret);
        Assert.AreEqual(made.Key, opened.PublicKey);
        Assert.AreEqual(made.Key, new KeyStore(folder["keys"]).Find("a").Value!.Key);
        Assert.HasCount(2, Directory.GetFiles(folder["keys"]));
    }

    [TestMethod]
    public void AreWrittenInTheFormsThatOthersTake()
    {
        using var ed25519 = SignatureAlgorithms.Ed25519.Generate();
        using var mlDsa = SignatureAlgorithms.MlDsa65.Generate();
        var known = new KnownKey(ed25519.PublicKey, KeyPurpose.Release);
        Assert.HasCount(32, Convert.FromBase64String(Form("raw", known)));
        Assert.AreEqual(known.Key, PublicKey.FromSpki(Convert.FromBase64String(Form("spki", known))));
        Assert.AreEqual(known, PublicKeyFile.Read(Encoding.ASCII.GetBytes(Form("pem", known)), "k").Value!.Single());
        Assert.StartsWith("[signers.\"a.b\"]\npurpose = \"release\"\n", PublicKeyForms.Write("trust", "a.b", known, default).Value!);
        Assert.AreEqual("CAP3221", PublicKeyForms.Write("atoms", "a", known, default).Diagnostics.Single().Code);

        var raw = Convert.ToHexStringLower(SHA256.HashData(mlDsa.PublicKey.Raw));
        var entry = Form("atoms", new KnownKey(mlDsa.PublicKey, KeyPurpose.Atom));
        Assert.Contains($"  - id: key-{raw[..12]}\n", entry);
        Assert.Contains($"algorithm: ML-DSA-65\n    fingerprint: {raw}\n", entry);
        Assert.Contains("created_at: 2026-11-21T10:00:00Z\n", entry);

        using var folder = new TemporaryFolder();
        var file = folder.Write("trust.toml", $"version = 1\n{PublicKeyForms.Write("trust", "a.b", known, default).Value}\n");
        Assert.AreEqual(known.Key, TrustFileReader.Load(file).Value!.Signers["a.b"].Keys.Single());

        static string Form(string form, KnownKey key) => PublicKeyForms.Write(form, "a", key, new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(2))).Value!;
    }

    private static Result<KnownKey> Import(KeyStore store, string file)
    {
        using var passphrase = Secret.FromText(Passphrase);
        return store.Import("a", file, null, passphrase, passphrase);
    }

    private static byte[] MakePlain()
    {
        using var key = SignatureAlgorithms.Ed25519.Generate();
        return key.ExportPkcs8();
    }

    private static byte[] Encrypt(byte[] plain) => EncryptedPrivateKey.Encrypt(plain, Encoding.UTF8.GetBytes(Passphrase), 1000);

    private static byte[] Bomb()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Pbes2.New(int.MaxValue).Write(writer);
            writer.WriteOctetString(new byte[32]);
        }

        return writer.Encode();
    }

    private static string Pem(string label, ReadOnlySpan<byte> der) => PemEncoding.WriteString(label, der) + "\n";
}
