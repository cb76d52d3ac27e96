using System.Text;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Cosigning;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Tests.Quorum;

/// <summary>A trust file is signed on several machines: a request goes out, lines come back.</summary>
[TestClass]
public class PolicyCosigning
{
    [TestMethod]
    public async Task ARequestAloneIsEnoughToSign()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        File.WriteAllBytes(s.Home["b.pub"], PublicKeyFile.Write(new KnownKey(s.Key("b").PublicKey, KeyPurpose.Release)));
        s.WriteTrust($"# ours\r\nversion = 1\n{s.Signer("a")}[signers.b]\nkeys = [{{ algorithm = \"ecdsa-p256\", file = \"b.pub\" }}]\n[[scope]]\nmatch = \"acme/*\"\n"
            + "roles.release = { signers = [\"a\"], threshold = 1 }\nroles.root = { signers = [\"a\", \"b\"], threshold = 2 }\n");
        var policy = TrustFileReader.Load(s.Home["trust.toml"]).Value!;
        Assert.IsTrue((await PolicySigner.SignAsync(policy, [s.Key("a")], CancellationToken.None)).Succeeded);

        var written = PolicyRequestText.Write(PolicyRequest.For(policy, File.ReadAllText(policy.Path), PolicyRotation.Count(policy, null, PolicyRotation.ReadLines(policy.Path).Value!)));
        var read = PolicyRequestText.Read(written, "r.json").Value!;
        CollectionAssert.AreEqual(written, PolicyRequestText.Write(read));
        CollectionAssert.AreEqual(PolicyStatement.Of(policy), read.Statement);
        Assert.AreEqual((1L, "its own", 2, "b", s.Key("b").PublicKey.Fingerprint), (
            read.Version, read.Roots.Single().Whose, read.Roots[0].Threshold, read.Roots[0].MaySign.Single().Name, read.Roots[0].MaySign[0].Keys.Single()));

        s.Refuses("CAP3124", s.Verify());
        var lines = await PolicyCosigner.SignAsync(read, [s.Key("b")], CancellationToken.None);
        var stranger = await PolicyCosigner.SignAsync(read, [s.Key("mallory")], CancellationToken.None);
        Assert.AreEqual("CAP3019", (await Attach(policy, lines.Value!, stranger.Value!)).Diagnostics.Single().Code);
        Assert.AreEqual("CAP3019", (await Attach(policy, SignatureLines.None)).Diagnostics.Single().Code);
        Assert.AreEqual("CAP3019", (await Attach(policy, s.Lines)).Diagnostics.Single().Code);
        s.Refuses("CAP3124", s.Verify());
        Assert.HasCount(2, (await Attach(policy, lines.Value!)).Value!.Lines);
        s.Trusts(TrustBasis.Policy, s.Verify());

        // A line over other contents of the file does not come in.
        s.WriteTrust(File.ReadAllText(policy.Path) + "# changed\n");
        Assert.AreEqual("CAP3019", (await Attach(TrustFileReader.Load(policy.Path).Value!, lines.Value!)).Diagnostics.Single().Code);
        Assert.AreEqual("CAP3210", (await PolicyCosigner.SignAsync(read, [s.Key("atom", purpose: KeyPurpose.Atom)], CancellationToken.None)).Diagnostics.Single().Code);
        using var plain = new TrustScenario();
        plain.WriteTrust("version = 1\n");
        Assert.AreEqual("CAP3129", (await Attach(TrustFileReader.Load(plain.Home["trust.toml"]).Value!, lines.Value!)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void ARequestThatSaysSomethingElseThanItShowsIsRefused()
    {
        var request = new PolicyRequest("version = 3\n", 3, [("k.pub", "sha256:" + new string('a', 64))], []);
        var good = Encoding.UTF8.GetString(PolicyRequestText.Write(request));
        Assert.IsTrue(PolicyRequestText.Read(Encoding.UTF8.GetBytes(good), "r.json").Succeeded);
        (string Member, JsonNode? Value)[] changes =
        [
            ("policy", "version = 4\n"), ("policy", "version = 3\n# more\n"), ("policy", "no toml"), ("policy", null), ("keyFiles", new JsonArray()), ("schema", "capsule-sign-request/1"),
            ("statement", "{}"), ("roots", "none"), ("roots", new JsonArray(new JsonObject())), ("more", 1),
            ("keyFiles", new JsonArray(new JsonObject { ["file"] = "k.pub", ["fingerprint"] = "md5:1" })),
        ];
        foreach (var (member, value) in changes)
        {
            var changed = JsonNode.Parse(good)!;
            changed[member] = value?.DeepClone();
            Assert.AreEqual("CAP3018", PolicyRequestText.Read(Encoding.UTF8.GetBytes(changed.ToJsonString()), "r.json").Diagnostics.Single().Code, member);
        }

        foreach (var text in (string[])["", "{", "[]", "{}", good + good, good.Replace("\"policy\"", "\"policy\": \"\", \"policy\"", StringComparison.Ordinal)])
        {
            Assert.AreEqual("CAP3018", PolicyRequestText.Read(Encoding.UTF8.GetBytes(text), "r.json").Diagnostics.Single().Code, text);
        }

        Assert.AreEqual("CAP3018", PolicyRequestText.Read(new byte[PolicyRequestText.MaximumSize + 1], "r.json").Diagnostics.Single().Code);
    }

    private static Task<Result<SignatureLines>> Attach(TrustPolicy policy, params SignatureLines[] lines) =>
        PolicyCosigner.AttachAsync(policy, null, [.. lines.Select((l, i) => ($"lines-{i}", l))], CancellationToken.None);
}
