using System.Security.Cryptography;
using System.Text;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Tests.Envelopes;

[TestClass]
public class SignedReleaseVector
{
    private static readonly byte[] Line = Encoding.UTF8.GetBytes(TrustVector.Line);

    [TestMethod]
    public void HasTheKnownHintAndEncodedHash()
    {
        Assert.AreEqual(TrustVector.Hint, TrustVector.Key.Hint);
        var message = DsseEncoding.Encode(DsseEncoding.InTotoType, Encoding.UTF8.GetBytes(TrustVector.Statement));
        Assert.AreEqual(TrustVector.EncodedSha256, Convert.ToHexStringLower(SHA256.HashData(message)));
    }

    [TestMethod]
    public void IsReadAndVerifies()
    {
        var line = SignatureLineReader.Read(Line, 1);

        Assert.AreEqual(TrustVector.Identity, line.Statement!.Identity);
        Assert.AreEqual(new ReleasePredicate("capsule", "pkg:capsule/acme/hello@1.0.0", "release"), line.Release);
        Assert.IsTrue(TrustVector.Key.Verify(line.Message!.Value.Span, line.Signature.Span));
    }

    [TestMethod]
    public void IsWrittenByUsByteForByte()
    {
        var statement = new ReleasePredicate("capsule", PackageUrl.For("acme", "hello", "1.0.0"), "release").ToStatement(TrustVector.Identity);
        Assert.AreEqual(TrustVector.Statement, Encoding.UTF8.GetString(statement));

        var line = SignatureLineWriter.Write(TrustVector.Key, statement, Convert.FromBase64String(TrustVector.Signature));
        Assert.AreEqual(TrustVector.Line, line.Json);
    }

    [TestMethod]
    public void IsRefusedOrUnverifiedAfterEveryChangeOfOneByte()
    {
        var accepted = new List<string>();
        for (var at = 0; at < Line.Length; at++)
        {
            for (var change = 1; change < 256; change++)
            {
                byte[] flipped = [.. Line];
                flipped[at] ^= (byte)change;
                if (Verifies(flipped))
                {
                    accepted.Add($"byte {at} changed to 0x{flipped[at]:x2}");
                }
            }
        }

        Assert.IsEmpty(accepted, string.Join('\n', accepted));
    }

    [TestMethod]
    public void IsRefusedWhenCutAnywhere()
    {
        for (var length = 1; length < Line.Length; length++)
        {
            Assert.IsFalse(SignatureLines.Read(Line.AsMemory(0, length)).Succeeded, $"The first {length} bytes are accepted.");
        }
    }

    private static bool Verifies(byte[] file) =>
        SignatureLines.Read(file) is { Succeeded: true } read
        && read.Value.Lines.Any(l =>
            l.Hint == TrustVector.Key.Hint && l.Message is { } message && TrustVector.Key.Verify(message.Span, l.Signature.Span));
}
