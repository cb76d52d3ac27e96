using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.EndToEnd.Tests.Running;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Envelopes;
using Capsule.Trust.Envelopes;

namespace Capsule.EndToEnd.Tests.Sharing;

/// <summary>A Kit that three roles release with keys of three algorithms, in each form a package can have, judged without a network.</summary>
[TestClass]
public sealed class Quorums
{
    private static readonly (string Id, string Role, string Algorithm)[] Signers =
        [("maintainer", "release", "ecdsa-p256"), ("auditor", "security", "ml-dsa-65"), ("counsel", "legal", "ed25519")];

    [TestMethod]
    public async Task OfThreeRolesHoldInEveryFormAndFailWithTheirReason()
    {
        using var author = new CapsuleProgram { Environment = { ["PASSPHRASE"] = "correct horse battery staple" } };
        using var consumer = new CapsuleProgram { Through = ["unshare", .. Namespaces.Offline] };
        author.Write("kit/capability.yml", Programs.Kit());
        author.Write("kit/hello/index.ts", "console.log('hello');\n");
        foreach (var (id, _, algorithm) in Signers)
        {
            await author.DoAsync("key", "new", id, "--algorithm", algorithm, "--passphrase-variable", "PASSPHRASE");
        }

        await author.DoAsync(["pack", "kit", "--publisher", "acme", "--version", "1.0.0", "-o", "out", .. Keys("maintainer", "security=auditor", "legal=counsel")]);
        var kit = await Forms.OfAsync(author, "out");
        var trust = TrustFile(JsonNode.Parse(await author.DoAsync("key", "list", "--json"))!["data"]!.AsArray());
        consumer.Write("home/trust.toml", trust);

        await InEveryFormAsync(consumer, kit, 0, "trusted by your trust file: auditor, counsel, maintainer", "legal: 1 of 1, reached");

        // One signature removed.
        var lines = kit.Lines;
        await kit.CarryAsync(lines[0], lines[1]);
        await InEveryFormAsync(consumer, kit, 5, "CAP3131", "legal: 0 of 1, not reached", "still missing, the smallest set: counsel as 'legal'");

        // One duplicated in its place.
        await kit.CarryAsync(lines[0], lines[1], lines[1]);
        await InEveryFormAsync(
            consumer, kit, 5, "CAP3131", "line 3, as 'security': does not count: the same key of auditor has signed in this role already", "still missing, the smallest set: counsel as 'legal'");

        // The same three people, two of them in the other's role.
        await author.DoAsync(["pack", "kit", "--publisher", "acme", "--version", "1.0.0", "-o", "swapped", .. Keys("maintainer", "legal=auditor", "security=counsel")]);
        await kit.CarryAsync((await Forms.OfAsync(author, "swapped")).Lines);
        await InEveryFormAsync(
            consumer, kit, 5, "CAP3131", "as 'security': does not count: counsel has no such role", "as 'legal': does not count: auditor has no such role",
            "still missing, the smallest set: auditor as 'security', counsel as 'legal'");

        // All three, and the key of one revoked.
        await kit.CarryAsync(lines);
        var revoked = JsonNode.Parse(await author.DoAsync("key", "list", "--json"))!["data"]!.AsArray().Single(k => (string?)k!["id"] == "counsel")!["fingerprint"];
        consumer.Write("home/trust.toml", trust + $"[[revoked]]\nkey = \"{revoked}\"\nreason = \"left the company\"\n");
        await InEveryFormAsync(
            consumer, kit, 5, "CAP3138", "left the company", "cannot count: counsel (a key is revoked)", "can never be met: 'legal' needs 1, and at most 0 can count");

        var answer = JsonNode.Parse((await consumer.RunAsync(["verify", kit.Envelope, "--explain", "--json"])).Output)!;
        Assert.AreEqual(5, (int)answer["exit"]!);
        var policy = answer["data"]!["explanation"]!["policies"]![0]!;
        Assert.AreEqual("revoked", (string?)policy["signatures"]![2]!["outcome"]);
        Assert.IsFalse((bool)policy["canBeMet"]!);
    }

    [TestMethod]
    public async Task AreSignedOnSeveralMachinesWithRegisteredAndRotatedKeys()
    {
        using var author = new CapsuleProgram { Environment = { ["PASSPHRASE"] = "correct horse battery staple" } };
        using var auditor = new CapsuleProgram { Environment = { ["PASSPHRASE"] = "another horse battery staple" }, Through = ["unshare", .. Namespaces.Offline] };
        author.Write("kit/capability.yml", Programs.Kit());
        author.Write("kit/hello/index.ts", "console.log('hello');\n");
        await author.DoAsync("key", "new", "maintainer", "--passphrase-variable", "PASSPHRASE");
        foreach (var id in (string[])["auditor", "auditor2"])
        {
            await auditor.DoAsync("key", "new", id, "--algorithm", "ed25519", "--passphrase-variable", "PASSPHRASE");
            author.Write($"{id}.pub", await auditor.DoAsync("key", "show", id));
        }

        await author.DoAsync("key", "register", "maintainer", "--scope", "acme/*");
        await author.DoAsync("key", "register", "auditor.pub", "--signer", "auditor", "--role", "security", "--scope", "acme/*");
        var trust = author.Write("home/trust.toml", (await File.ReadAllTextAsync(author["home", "trust.toml"])).Replace("[[scope]]", "[[scope]] # ours\nrequire = [\"release\", \"security\"]", StringComparison.Ordinal));
        await author.DoAsync(["pack", "kit", "--publisher", "acme", "--version", "1.0.0", "-o", "out", .. Keys("maintainer")]);
        string[] package = [author["out", "fixture.capakit"], "--publisher", "acme", "--version", "1.0.0"];
        await author.RefusesAsync(5, "CAP3131", ["verify", .. package]);

        var request = await author.DoAsync(["sign", .. package, "--request", "sign.json"]);
        StringAssert.Contains(request, "role security: auditor (sha256:");
        var asked = auditor.Write("sign.json", await File.ReadAllTextAsync(author["sign.json"]));
        var signed = await auditor.RunAsync("sign", asked, "--key", "auditor", "--passphrase-variable", "PASSPHRASE");
        Assert.AreEqual(0, signed.ExitCode, signed.All);
        StringAssert.Contains(signed.Error, "acme/fixture 1.0.0 (kit)");
        await author.RefusesAsync(2, "CAP9100", ["sign", .. package, "--attach", asked, "--key", "maintainer"]);
        author.Write("kit/hello/index.ts", "console.log('goodbye');\n");
        await author.DoAsync("pack", "kit", "--publisher", "acme", "--version", "1.0.0", "-o", "other");
        await author.RefusesAsync(5, "CAP3017", "sign", author["other", "fixture.capakit"], "--publisher", "acme", "--attach", asked + ".sigstore.jsonl");
        await author.DoAsync(["sign", .. package, "--attach", asked + ".sigstore.jsonl"]);
        StringAssert.Contains(await author.DoAsync(["verify", .. package]), "trusted by your trust file: auditor, maintainer");

        await author.DoAsync("key", "rotate", "auditor.pub", "auditor2.pub", "--reason", "new token");
        var rotated = await author.RefusesAsync(5, "CAP3131", ["verify", .. package]);
        StringAssert.Contains(rotated.Error, "CAP3138");
        StringAssert.Contains(rotated.Error, "new token");
        StringAssert.Contains(await File.ReadAllTextAsync(trust), "[[scope]] # ours\n");
        await author.DoAsync("key", "revoke", "maintainer", "--reason", "lost");
        await author.RefusesAsync(4, "CAP3162", "key", "rotate", "auditor.pub", "auditor2.pub");
    }

    private static string[] Keys(params string[] keys) => [.. keys.SelectMany(k => new[] { "--key", k }), "--passphrase-variable", "PASSPHRASE"];

    private static string TrustFile(JsonArray keys) =>
        "version = 1\n"
        + string.Concat(keys.Select(k => $"[signers.{k!["id"]}]\nkeys = [{{ algorithm = \"{k["algorithm"]}\", spki = \"{k["spki"]}\" }}]\n"))
        + "[[scope]]\nmatch = \"acme/*\"\nrequire = [\"release\", \"security\", \"legal\"]\n"
        + string.Concat(Signers.Select(s => $"roles.{s.Role} = {{ signers = [\"{s.Id}\"], threshold = 1 }}\n"));

    /// <summary>Verifies container, .nupkg and unpacked folder, each of which has to say all of this.</summary>
    private static Task InEveryFormAsync(CapsuleProgram consumer, Forms kit, int exit, params string[] says) => Task.WhenAll(kit.All.Select(async form =>
    {
        var run = await consumer.RunAsync("verify", form, "--publisher", "acme", "--version", "1.0.0", "--explain");
        Assert.AreEqual(exit, run.ExitCode, run.All);
        foreach (var text in says)
        {
            StringAssert.Contains(run.All, text, form);
        }
    }));

    /// <summary>One package as container, .nupkg and unpacked folder.</summary>
    private sealed record Forms(string Container, string Envelope, string Folder)
    {
        public string[] All => [Container, Envelope, Folder];

        /// <summary>The release lines; those with the signers' keys are for others than a consumer with a rule.</summary>
        public string[] Lines => [.. SignatureLines.Read(File.ReadAllBytes(Container + ".sigstore.jsonl")).Value!.Lines.Where(l => l.Release is not null).Select(l => l.Json)];

        public static async Task<Forms> OfAsync(CapsuleProgram author, string output)
        {
            var forms = new Forms(author[output, "fixture.capakit"], author[output, "acme.fixture.1.0.0.nupkg"], author[output, "unpacked"]);
            var opened = await PackageReader.OpenAsync(forms.Container, CancellationToken.None);
            Assert.IsTrue((await opened.Value!.ExtractAsync(forms.Folder, CancellationToken.None)).Succeeded);
            await forms.CarryAsync(forms.Lines);
            return forms;
        }

        /// <summary>Gives each form these signature lines, and no others.</summary>
        public async Task CarryAsync(params string[] lines)
        {
            var text = string.Concat(lines.Select(l => l + "\n"));
            await File.WriteAllTextAsync(Container + ".sigstore.jsonl", text);
            await File.WriteAllTextAsync(Path.Combine(Folder, ".capsule", "tree.sigstore.jsonl"), text);
            File.Delete(Envelope);
            var wrapped = await PackageEnvelope.WriteAsync(new EnvelopeRequest(Container, Envelope) { Publisher = "acme", Version = "1.0.0" }, CancellationToken.None);
            Assert.IsTrue(wrapped.Succeeded, wrapped.Diagnostics.FirstOrDefault()?.Message);
        }
    }
}
