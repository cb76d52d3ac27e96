using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Tests.Peers;

[TestClass]
public class OurLines
{
    private static readonly byte[] Tree = "capsule-tree/1\nf\t0\te3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\tempty\n"u8.ToArray();
    private static readonly string TreeHex = Convert.ToHexStringLower(SHA256.HashData(Tree));

    [TestMethod]
    [DataRow("ecdsa-p256")]
    [DataRow("ed25519")]
    public async Task VerifyWithCosignAgainstTheTreeDocument(string algorithm)
    {
        using var folder = new TemporaryFolder();
        var cosign = new Cosign(folder);
        var (line, key) = Sign(algorithm);

        var good = await cosign.VerifyAsync(line, key, Tree, ReleasePredicate.Type);
        Assert.AreEqual(0, good.ExitCode, good.All);

        Assert.AreNotEqual(0, (await cosign.VerifyAsync(line, key, [.. Tree, 1], ReleasePredicate.Type)).ExitCode, "another tree");
        Assert.AreNotEqual(0, (await cosign.VerifyAsync(Tampered(line), key, Tree, ReleasePredicate.Type)).ExitCode, "another role");
        Assert.AreNotEqual(0, (await cosign.VerifyAsync(line, TrustVector.Key, Tree, ReleasePredicate.Type)).ExitCode, "another key");
    }

    [TestMethod]
    [DataRow("ecdsa-p256")]
    [DataRow("ed25519")]
    public async Task VerifyWithNpmAndNameTheTree(string algorithm)
    {
        var (line, key) = Sign(algorithm);

        var good = await NpmVerifier.VerifyAsync(line, key);
        Assert.AreEqual(0, good.ExitCode, good.All);
        using var statement = JsonDocument.Parse(good.Output);
        Assert.AreEqual(TreeHex, statement.RootElement.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString());

        Assert.AreNotEqual(0, (await NpmVerifier.VerifyAsync(Tampered(line), key)).ExitCode, "another role");
        Assert.AreNotEqual(0, (await NpmVerifier.VerifyAsync(line, TrustVector.Key)).ExitCode, "another key");
    }

    [TestMethod]
    public async Task OfTheVectorVerifyWithNpm()
    {
        var run = await NpmVerifier.VerifyAsync(TrustVector.Line, TrustVector.Key);
        Assert.AreEqual(0, run.ExitCode, run.All);
        Assert.AreEqual(TrustVector.Statement, run.Output);
    }

    private static (string Line, PublicKey Key) Sign(string algorithm)
    {
        using var key = SignatureAlgorithms.Find(algorithm)!.Generate();
        var statement = new ReleasePredicate("kit", PackageUrl.For("acme", "hello", "1.0.0"), "release").ToStatement($"capsule-tree/1:{TreeHex}");
        var signature = key.Sign(DsseEncoding.Encode(DsseEncoding.InTotoType, statement));
        return (SignatureLineWriter.Write(key.PublicKey, statement, signature).Json, key.PublicKey);
    }

    private static string Tampered(string line)
    {
        var read = SignatureLines.Read(Encoding.UTF8.GetBytes(line)).Value!.Lines[0];
        var statement = Encoding.UTF8.GetString(
            new ReleasePredicate("kit", PackageUrl.For("acme", "hello", "1.0.0"), "security").ToStatement(read.Statement!.Identity!));
        var payload = JsonDocument.Parse(line).RootElement.GetProperty("dsseEnvelope").GetProperty("payload").GetString()!;
        return line.Replace(payload, Convert.ToBase64String(Encoding.UTF8.GetBytes(statement)), StringComparison.Ordinal);
    }
}
