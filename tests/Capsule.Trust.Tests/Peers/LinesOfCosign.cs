using System.Text;
using Capsule.Tests;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Tests.Peers;

[TestClass]
public class LinesOfCosign
{
    [TestMethod]
    public async Task AreReadAndVerifyButAreNoRelease()
    {
        using var folder = new TemporaryFolder();
        var (text, key) = await new Cosign(folder).SignAsync("hello"u8.ToArray(), ReleasePredicate.Type, """{"any":"thing"}""");
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
