using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Capsule.Operations.Atoms;
using static Capsule.Runtime.Tests.Operations.AtomScene;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>The envelope of a signature (specs: atoms 16.1, 16.2): what no mirror and no hand can change unseen.</summary>
[TestClass]
public partial class BindingEnvelopes
{
    [TestMethod]
    [DataRow("lifecycle   = \"draft\"", "lifecycle   = \"adopted\"", "lifecycle 'draft'")]
    [DataRow("version     = \"1.0.0\"", "version     = \"1.0.1\"", "")]
    [DataRow("id          = \"acme-atoms/design-spec/greeting\"", "id          = \"acme-atoms/design-spec/farewell\"", "")]
    [DataRow("class       = \"design-spec\"", "class       = \"rfc\"", "")]
    [DataRow($"content_hash = \"{Hash}\"", "content_hash = \"\"", "")]
    [DataRow("signed_at = \"2026-11-21T01:02:03Z\"", "signed_at = \"2025-11-21T01:02:03Z\"", "")]
    public async Task AChangeOfTheEnvelopeIsCaught(string old, string text, string madeFor)
    {
        using var scene = await new AtomScene().SignedAsync();
        StringAssert.Contains(scene.Text, old);
        scene.Text = scene.Text.Replace(old, text, StringComparison.Ordinal);
        var outcome = scene.Verify();
        Assert.AreEqual("envelope-invalid envelope-invalid", Statuses(outcome));
        Codes(outcome, "CAP0887 CAP0887 CAP0873");
        StringAssert.Contains(outcome.FirstError!.Message, madeFor);
        Assert.AreEqual(5, (int)outcome.FirstError.Kind.Exit);
    }

    /// <summary>Changes that the hash cannot see, because the bytes one after the other are the same.</summary>
    [TestMethod]
    [DataRow("a.md", "A\n", "b.md", "B\n", DisplayName = "as it was")]
    [DataRow("a.md", "A\nB\n", "b.md", "", DisplayName = "text moved to another file")]
    [DataRow("a.md", "A\n", "c.md", "B\n", DisplayName = "a file renamed")]
    public async Task AChangeThatTheHashCannotSeeIsCaught(string first, string firstText, string second, string secondText)
    {
        using var scene = new AtomScene();
        Put(scene, "a.md", "A\n", "b.md", "B\n");
        await scene.SignedAsync();
        Codes(scene.Verify(), "");
        Put(scene, first, firstText, second, secondText);
        Codes(scene.Verify(), second == "c.md" || secondText.Length == 0 ? "CAP0887 CAP0887 CAP0873" : "");
    }

    [TestMethod]
    public async Task AnEnvelopeBelongsToItsKeyId()
    {
        using var scene = await new AtomScene().SignedAsync();
        scene.Write("catalog/ATOMS.yml", Catalog.Replace("id: maintainer", "id: other", StringComparison.Ordinal));
        scene.Text = scene.Text.Replace("[signature.maintainer]", "[signature.other]", StringComparison.Ordinal);
        Assert.AreEqual("envelope-invalid valid", Statuses(scene.Verify()));
    }

    [TestMethod]
    public async Task LineEndsOfACheckoutChangeNothing()
    {
        using var scene = await new AtomScene().SignedAsync();
        File.WriteAllText(Path.Combine(scene.Call.FullPath, "spec.md"), "\uFEFFhello\r\n");
        Codes(scene.Verify(), "");
    }

    [TestMethod]
    public async Task WhereNoneIsThereItIsSaidAndTheCatalogMayDemandOne()
    {
        using var scene = await new AtomScene().SignedAsync();
        scene.Text = WithoutEnvelopes(scene.Text);
        Codes(scene.Verify(), "CAP0837 CAP0837");
        Assert.AreEqual("none none", string.Join(' ', scene.Verify().Atoms.Single().Signatures!.Select(s => s.EnvelopeWord)));
        Assert.IsTrue(scene.Verify().Atoms.Single().IsValid);
        Assert.IsFalse(scene.Verify(strict: true).Atoms.Single().IsValid);

        scene.Write("catalog/ATOMS.yml", Catalog.Replace("signing:", "signing:\n  require_envelope: true", StringComparison.Ordinal));
        Codes(scene.Verify(), "CAP0874 CAP0874 CAP0873");
        Assert.AreEqual("envelope-missing envelope-missing", Statuses(scene.Verify()));

        // Each signer renews what is missing; what is whole stays as it is.
        foreach (var key in (string[])["maintainer", "editor", "editor"])
        {
            var before = scene.Text;
            var outcome = await AtomSign.RunAsync(scene.Call, scene.Signing with { KeyId = key, Renew = true }, default);
            Assert.IsTrue(outcome.Atoms.Single().IsValid);
            Assert.AreEqual(before != scene.Text, outcome.Atoms.Single().Changed);
        }

        Codes(scene.Verify(), "");
    }

    [TestMethod]
    [DataRow("\"AAAA\"")]
    [DataRow("\"\"")]
    [DataRow("7")]
    public async Task OneThatIsNoSignatureMakesTheBlockMalformed(string value)
    {
        using var scene = await new AtomScene().SignedAsync();
        scene.Text = Envelope().Replace(scene.Text, $"envelope = {value}\n", 1);
        Assert.AreEqual("malformed valid", Statuses(scene.Verify()));
    }

    [TestMethod]
    public async Task OneOfAnotherSignatureIsNone()
    {
        using var scene = await new AtomScene().SignedAsync();
        var value = Regex.Match(scene.Text, "value = (.*)\n").Groups[1].Value;
        scene.Text = Envelope().Replace(scene.Text, $"envelope = {value}\n", 1);
        Assert.AreEqual("envelope-invalid valid", Statuses(scene.Verify()));
    }

    /// <summary>The vector of docs: atoms.</summary>
    [TestMethod]
    public async Task IsTheDocumentedOne()
    {
        using var scene = new AtomScene();
        Codes(await scene.SignAsync("maintainer", deterministic: true), "");
        var envelope = Convert.FromBase64String(Regex.Match(scene.Text, "envelope = \"(.*)\"\n").Groups[1].Value);
        Assert.AreEqual("b8c48a45fb43fd2812c02124f19eeb283f36625b18f58049e2faa8b0d407071e", Convert.ToHexStringLower(SHA256.HashData(envelope)));
    }

    private static void Put(AtomScene scene, params string[] namesAndTexts)
    {
        foreach (var file in Directory.GetFiles(scene.Call.FullPath, "*.md").Where(f => !f.EndsWith("spec.md", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        for (var i = 0; i < namesAndTexts.Length; i += 2)
        {
            File.WriteAllText(Path.Combine(scene.Call.FullPath, namesAndTexts[i]), namesAndTexts[i + 1]);
        }
    }

    private static string Statuses(AtomOutcome outcome) => string.Join(' ', outcome.Atoms.Single().Signatures!.Select(s => s.Word));

    [GeneratedRegex("envelope = .*\n")]
    private static partial Regex Envelope();
}
