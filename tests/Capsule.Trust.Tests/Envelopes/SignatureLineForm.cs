using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Tests;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Tests.Envelopes;

[TestClass]
public class SignatureLineForm
{
    [TestMethod]
    [DataRow("{\"mediaType\"", "{\"extra\":1,\"mediaType\"", DisplayName = "unknown member of the bundle")]
    [DataRow("{\"mediaType\"", "{\"mediaType\":\"x\",\"mediaType\"", DisplayName = "duplicate member")]
    [DataRow("{\"mediaType\"", "{\"media\\u0054ype\":\"x\",\"mediaType\"", DisplayName = "duplicate member in disguise")]
    [DataRow("bundle.v0.3+json", "bundle.v0.2+json", DisplayName = "other version")]
    [DataRow("\"hint\":", "\"extra\":1,\"hint\":", DisplayName = "unknown member of the key")]
    [DataRow("\"publicKey\":{", "\"certificate\":{},\"publicKey\":{", DisplayName = "a certificate")]
    [DataRow("\"publicKey\":{", "\"tlogEntries\":[{}],\"publicKey\":{", DisplayName = "log entries")]
    [DataRow("{\"sig\":", "{\"keyid\":\"\",\"sig\":", DisplayName = "a key id")]
    [DataRow("[{\"sig\":\"" + TrustVector.Signature + "\"}]", "[]", DisplayName = "no signature")]
    [DataRow("[{", "[{\"sig\":\"" + TrustVector.Signature + "\"},{", DisplayName = "two signatures")]
    [DataRow("\"dsseEnvelope\":", "\"messageSignature\":{},\"dsseEnvelope\":", DisplayName = "two contents")]
    [DataRow("\"dsseEnvelope\":", "\"dsseEnvelop\":", DisplayName = "no content")]
    [DataRow("\"payload\":", "// \n\"payload\":", DisplayName = "a comment and a line break")]
    [DataRow("}]}}", "}]}},", DisplayName = "text behind")]
    [DataRow("}]}}", "}],}}", DisplayName = "a trailing comma")]
    [DataRow("{\"mediaType\"", "\uFEFF{\"mediaType\"", DisplayName = "a byte order mark")]
    [DataRow("{\"sig\":", "{\"sig\":1,\"x\":", DisplayName = "a number for a string")]
    [DataRow(TrustVector.Hint, "\\ud800", DisplayName = "half a surrogate pair")]
    public void WithAnythingElseIsMalformed(string part, string replacement) => Refused("CAP3001", TrustVector.Line.Replace(part, replacement, StringComparison.Ordinal));

    [TestMethod]
    public void ThatIsNoJsonIsMalformed()
    {
        Refused("CAP3001", "hello");
        Refused("CAP3001", "[]");
        Refused("CAP3001", new string('[', 10_000));
        Refused("CAP3001", TrustVector.Line + "\n\n");
        Assert.AreEqual("CAP3001", SignatureLines.Read(new byte[] { 0xff, 0xfe, 0x7b }).Diagnostics.Single().Code);
    }

    [TestMethod]
    [DataRow(TrustVector.Hint, "lhxD0PF10j3qUwgbuTI/ASe+/zgdnrY015ac6weWF9x=", DisplayName = "stray bits")]
    [DataRow(TrustVector.Hint, "lhxD0PF10j3qUwgbuTI/ASe+/zgdnrY015ac6weWF9w", DisplayName = "no padding")]
    [DataRow(TrustVector.Hint, "lhxD0PF10j3qUwgbuTI_ASe-_zgdnrY015ac6weWF9w=", DisplayName = "the URL alphabet")]
    [DataRow("MEUCIQDz", "MEUC\\nIQDz", DisplayName = "a line break")]
    [DataRow("MEUCIQDz", " MEUCIQDz", DisplayName = "a space")]
    public void WithBase64OfAnotherFormIsMalformed(string part, string replacement) =>
        Refused("CAP3002", TrustVector.Line.Replace(part, replacement, StringComparison.Ordinal));

    [TestMethod]
    [DataRow("\"role\":\"release\"", "\"role\":\"release\",\"extra\":1", DisplayName = "unknown member of the predicate")]
    [DataRow("\"_type\"", "\"extra\":1,\"_type\"", DisplayName = "unknown member")]
    [DataRow("\"_type\"", "\"_type\":\"a\",\"_type\"", DisplayName = "duplicate member")]
    [DataRow("Statement/v1", "Statement/v2", DisplayName = "another version")]
    [DataRow("\"name\":", "\"uri\":\"x\",\"name\":", DisplayName = "unknown member of a subject")]
    [DataRow("\"family\":\"capsule\",", "", DisplayName = "no family")]
    [DataRow("\"family\":\"capsule\"", "\"family\":7", DisplayName = "a number for a family")]
    [DataRow("{\"sha256\":\"d51bd6efdf18c457f8d438f3ec6044b2adc926c05fc74c382312b4520322e782\"}", "{}", DisplayName = "no digest")]
    public void WithAnotherStatementIsMalformed(string part, string replacement)
    {
        var statement = TrustVector.Statement.Replace(part, replacement, StringComparison.Ordinal);
        Assert.AreNotEqual(TrustVector.Statement, statement);
        Refused("CAP3005", WithPayload(statement));
    }

    [TestMethod]
    public void OfAStatementOfVersion01IsReadButIsNoRelease()
    {
        var line = Read(WithPayload(TrustVector.Statement.Replace("Statement/v1", "Statement/v0.1", StringComparison.Ordinal)));
        Assert.AreEqual(Statement.TypeV01, line.Statement!.Type);
        Assert.IsNull(line.Release);
    }

    [TestMethod]
    public void OfAMessageSignatureIsReadButIsNoRelease()
    {
        var line = Read($$$"""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":""}},"messageSignature":{"messageDigest":{"algorithm":"SHA2_256","digest":"{{{TrustVector.Hint}}}"},"signature":"{{{TrustVector.Signature}}}"}}""");
        Assert.IsNull(line.Release);
        Assert.IsNull(line.Message);
        Assert.AreEqual("a message signature", line.Description);
    }

    [TestMethod]
    public void AllowsSpaceBetweenTokens() =>
        Assert.IsNotNull(Read(TrustVector.Line.Replace("\"publicKey\":", "\"publicKey\" : ", StringComparison.Ordinal)).Release);

    [TestMethod]
    public void IsReadOnlyInBoundedNumbers()
    {
        var lines = string.Concat(Enumerable.Repeat(TrustVector.Line + "\n", 64));
        Assert.HasCount(64, SignatureLines.Read(Encoding.UTF8.GetBytes(lines)).Value!.Lines);
        Refused("CAP3000", lines + TrustVector.Line);
        Refused("CAP3000", new string(' ', 1024 * 1024 + 1));
    }

    [TestMethod]
    public async Task IsReadFromAFileAndAMissingFileHasNone()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.sigstore.jsonl", TrustVector.Line + "\n");
        Assert.HasCount(1, (await SignatureLines.ReadFileAsync(file, CancellationToken.None)).Value!.Lines);
        Assert.IsEmpty((await SignatureLines.ReadFileAsync(folder["none"], CancellationToken.None)).Value!.Lines);
        File.WriteAllBytes(file, new byte[3 * 1024 * 1024]);
        Assert.AreEqual("CAP3000", (await SignatureLines.ReadFileAsync(file, CancellationToken.None)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void IsKeptByteForByteAndOnce()
    {
        var lines = SignatureLines.None.With(Read(TrustVector.Line)).With(Read(TrustVector.Line));
        Assert.AreEqual(TrustVector.Line + "\n", Encoding.UTF8.GetString(lines.ToBytes()));
    }

    [TestMethod]
    public void EscapesPackageUrls() =>
        Assert.AreEqual("pkg:capsule/ac%2Fme/hello@1.0.0-rc.1%2Bb7", PackageUrl.For("ac/me", "hello", "1.0.0-rc.1+b7"));

    private static string WithPayload(string statement) => TrustVector.Line.Replace(
        Convert.ToBase64String(Encoding.UTF8.GetBytes(TrustVector.Statement)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(statement)),
        StringComparison.Ordinal);

    private static SignatureLine Read(string line) => SignatureLines.Read(Encoding.UTF8.GetBytes(line)).Value!.Lines.Single();

    private static void Refused(string code, string file)
    {
        var read = SignatureLines.Read(Encoding.UTF8.GetBytes(file));
        Assert.IsFalse(read.Succeeded);
        Assert.AreEqual(code, read.Diagnostics.Single().Code, read.Diagnostics.Single().Message);
        Assert.AreEqual(ExitCode.Refused, read.Exit);
    }
}
