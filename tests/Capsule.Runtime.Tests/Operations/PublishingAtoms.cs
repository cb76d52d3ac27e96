using System.Text.RegularExpressions;
using Capsule.Operations.Atoms;
using Capsule.Trust.Algorithms;
using static Capsule.Runtime.Tests.Operations.AtomScene;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>The publish procedure (specs: atoms 8).</summary>
[TestClass]
public class PublishingAtoms
{
    [TestMethod]
    public async Task SetsLifecycleTimeAndAFreshSignatureOfTheMaintainer()
    {
        using var scene = await new AtomScene().SignedAsync();
        scene.Text = WithoutEnvelopes(scene.Text);
        var before = scene.Text;
        var outcome = await AtomPublish.RunAsync(scene.Call with { Now = scene.Call.Now.AddDays(1) }, new PublishRequest(scene.Signing), default);
        Codes(outcome, "");
        Assert.AreEqual("2026-11-22T01:02:03Z", outcome.Atoms.Single().PublishedAt);
        var expected = before.Replace("\"draft\"", "\"published\"", StringComparison.Ordinal)
            .Replace("00:00Z\"\n\n[spec]", "00:00Z\"\npublished_at = \"2026-11-22T01:02:03Z\"\n\n[spec]", StringComparison.Ordinal);
        var maintainer = new Regex("(?s)(signed_at = \")2026-11-21(T01:02:03Z\"\nvalue = \")[^\"]*");
        Assert.AreEqual(maintainer.Replace(expected, "${1}2026-11-22${2}", 1), new Regex("(?s)(22T01:02:03Z\"\nvalue = \")[^\"]*").Replace(WithoutEnvelopes(scene.Text), "$1", 1));
        Codes(scene.Verify(), "CAP0837");
        Codes(await scene.PublishAsync(), "CAP0814");
    }

    [TestMethod]
    public async Task SignsWithOtherKeysAtHand()
    {
        using var scene = await new AtomScene(c => c.Replace("signing:", "signing:\n  require_envelope: true", StringComparison.Ordinal)).SignedAsync();
        var before = scene.Text;
        Codes(await scene.PublishAsync(), "CAP0847");
        Codes(await scene.PublishAsync(also: "nobody"), "CAP0841");
        Assert.AreEqual(before, scene.Text);
        Codes(await scene.PublishAsync(also: "editor"), "CAP0833");
        Codes(scene.Verify(), "");
        Codes(await scene.PublishAsync(PublishStep.Finish), "");
    }

    [TestMethod]
    public async Task WithSignersElsewhereIsPreparedSignedAndFinished()
    {
        using var scene = await new AtomScene(c => c.Replace("signing:", "signing:\n  require_envelope: true", StringComparison.Ordinal)).SignedAsync();
        Codes(await scene.PublishAsync(PublishStep.Finish), "CAP0888");
        Codes(await scene.PublishAsync(PublishStep.Prepare), "CAP0838");
        var prepared = scene.Text;
        Codes(await scene.PublishAsync(PublishStep.Finish), "CAP0874 CAP0873");
        Codes(scene.Verify(), "CAP0874 CAP0873");
        Codes(await Capsule.Operations.Atoms.AtomSign.RunAsync(scene.Call, scene.Signing with { KeyId = "editor", Renew = true }, default), "CAP0833");
        StringAssert.StartsWith(scene.Text, prepared[..prepared.IndexOf("[signature.editor]", StringComparison.Ordinal)]);
        var signed = scene.Text;
        var finished = await scene.PublishAsync(PublishStep.Finish);
        Codes(finished, "");
        Assert.AreEqual((false, signed), (finished.Atoms.Single().Changed, scene.Text));
        Codes(scene.Verify(), "");
    }

    [TestMethod]
    public async Task NeedsTheQuorumBefore()
    {
        using var scene = new AtomScene();
        Codes(await scene.PublishAsync(), "CAP0820");
        Codes(await scene.SignAsync("maintainer"), "");
        var before = scene.Text;
        Codes(await scene.PublishAsync(), "CAP0873");
        Assert.AreEqual(before, scene.Text);
    }

    [TestMethod]
    [DataRow("default_key = \"editor\"", "", "CAP0841")]
    [DataRow("default_key = \"nobody\"", "", "CAP0841")]
    [DataRow("", "role: catalog-maintainer|role: ratifier", "CAP0865")]
    [DataRow("", "backend: plain, backend_ref: k65.pem|backend: hsm", "CAP0845")]
    public async Task NeedsTheMaintainersKey(string setting, string change, string code)
    {
        using var scene = await new AtomScene().SignedAsync();
        scene.Write("catalog/.atoms/config.toml", $"[keys]\n{setting}\n");
        if (change.Length > 0)
        {
            scene.Write("catalog/ATOMS.yml", Catalog.Replace(change.Split('|')[0], change.Split('|')[1], StringComparison.Ordinal)
                .Replace("design-spec: \"1 of role:catalog-maintainer + ", change.Contains("ratifier", StringComparison.Ordinal) ? "design-spec: \"" : "design-spec: \"1 of role:catalog-maintainer + ", StringComparison.Ordinal));
        }

        var before = scene.Text;
        var codes = await scene.PublishAsync();
        Assert.AreEqual(code, codes.FirstError?.Code, string.Join('\n', codes.Problems.Concat(codes.Atoms.SelectMany(a => a.Problems)).Select(p => p.Text)));
        Assert.AreEqual(before, scene.Text);
    }

    [TestMethod]
    public async Task ARuleThatCanNeverBeMetIsSaid()
    {
        using var scene = await new AtomScene().SignedAsync();
        scene.Write("catalog/ATOMS.yml", Catalog.Replace("1 of role:editor", "2 of 2 of role:editor", StringComparison.Ordinal));
        Codes(await scene.PublishAsync(), "CAP0866");
    }

    [TestMethod]
    public async Task APreReleaseIsPublishedWithAWarning()
    {
        using var scene = new AtomScene();
        Directory.Move(scene.Call.FullPath, scene.Call.FullPath + "-draft");
        var call = scene.Call with { Path = scene.Call.FullPath + "-draft" };
        var manifest = Path.Combine(call.FullPath, "atom.toml");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("1.0.0", "1.0.0-draft", StringComparison.Ordinal));
        foreach (var key in (string[])["maintainer", "editor"])
        {
            await AtomSign.RunAsync(call, scene.Signing with { KeyId = key }, default);
        }

        Codes(await AtomPublish.RunAsync(call, new PublishRequest(scene.Signing), default), "CAP0838 CAP0835");
    }

    /// <summary>A signer of the user's: it answers what was signed before, once after it has changed the document.</summary>
    [TestMethod]
    public async Task NothingIsWrittenWhenTheSignerBreaksTheQuorumOrItsOwnSignature()
    {
        using var scene = await new AtomScene().SignedAsync();
        using var key = SignatureAlgorithms.ImportPkcs8(Convert.FromBase64String("MDQCAQAwCwYJYIZIAWUDBAMSBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"))!;
        var signature = Convert.ToBase64String(key.SignDeterministically("hello\n"u8));
        var document = Path.Combine(scene.Call.FullPath, "spec.md");
        scene.Write("home/.atoms/config.toml", $"[keys.backends.mine]\nkind = \"command\"\nprogram = \"{scene["signer"]}\"\n");
        scene.Write("catalog/ATOMS.yml", Catalog.Replace("backend: plain, backend_ref: k65.pem", "backend: mine", StringComparison.Ordinal));
        var before = scene.Text;
        foreach (var (change, answer, code) in (ValueTuple<string, string, string>[])[("", "AAAA", "CAP0848"), ($"printf x > '{document}'", signature, "CAP0847"), ($"printf 'hello\\n' > '{document}'", signature, "")])
        {
            scene.Write("signer", $"#!/bin/sh\nread line\ncase \"$1 $line\" in *public-key) echo 'ok atom {key.PublicKey.SpkiBase64}';; maintainer*) {change}\n echo 'ok {answer}';; esac\n");
            File.SetUnixFileMode(scene["signer"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var outcome = await scene.PublishAsync();
            Assert.AreEqual(code, outcome.FirstError?.Code ?? "", string.Join('\n', outcome.Atoms.SelectMany(a => a.Problems).Select(p => p.Text)));
            Assert.AreEqual(code.Length > 0, before == scene.Text);
            File.WriteAllText(document, "hello\n");
        }

        // The protocol of one line has no contexts.
        Assert.IsFalse(scene.Text.Contains("envelope", StringComparison.Ordinal));
        Codes(await scene.SignAsync("maintainer", force: true), "CAP0839");
        scene.Write("catalog/ATOMS.yml", File.ReadAllText(scene["catalog/ATOMS.yml"]).Replace("signing:", "signing:\n  require_envelope: true", StringComparison.Ordinal));
        var refused = await scene.SignAsync("maintainer", force: true);
        Codes(refused, "CAP0839");
        Assert.IsFalse(refused.Atoms.Single().IsValid);
    }
}
