using System.Security.Cryptography;
using System.Text;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Tests.Peers;

[TestClass]
public class LinesOfCosign
{
    [TestMethod]
    [DataRow("ecdsa-p256", DisplayName = "P-256, a key that cosign makes")]
    [DataRow("ed25519", DisplayName = "Ed25519, a key that we make")]
    public async Task AreReadAndVerifyButAreNoRelease(string algorithm)
    {
        using var folder = new TemporaryFolder();
        using var made = SignatureAlgorithms.Ed25519.Generate();
        var ours = algorithm == made.PublicKey.Algorithm.Name ? PemEncoding.WriteString("PRIVATE KEY", made.ExportPkcs8()) : null;
        var (text, key) = await new Cosign(folder).SignAsync("hello"u8.ToArray(), ReleasePredicate.Type, """{"any":"thing"}""", ours);
        Assert.AreEqual(algorithm, key.Algorithm.Name);
        Assert.IsTrue(ours is null || made.PublicKey.Equals(key));
        var line = SignatureLines.Read(Encoding.UTF8.GetBytes(text)).Value!.Lines.Single();

        Assert.AreEqual(key.Hint, line.Hint);
        Assert.IsTrue(key.Verify(line.Message!.Value.Span, line.Signature.Span));
        Assert.AreEqual(ReleasePredicate.Type, line.Statement!.PredicateType);
        Assert.AreEqual(Statement.TypeV01, line.Statement.Type);
        Assert.IsNull(line.Release);
    }

    [TestMethod]
    public async Task OverABareMessageAreReadButAreNoRelease()
    {
        using var folder = new TemporaryFolder();
        var (text, key) = await new Cosign(folder).SignAsync("hello"u8.ToArray(), null, "");
        var line = SignatureLines.Read(Encoding.UTF8.GetBytes(text)).Value!.Lines.Single();

        Assert.AreEqual(key.Hint, line.Hint);
        Assert.IsTrue(key.Verify("hello"u8, line.Signature.Span));
        Assert.IsNull(line.Release);
    }
}
