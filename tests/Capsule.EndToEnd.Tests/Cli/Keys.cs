using System.Text.Json.Nodes;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

[TestClass]
public sealed class Keys : IDisposable
{
    private readonly CapsuleProgram _capsule = new() { Environment = { ["PASSPHRASE"] = "correct horse battery staple" } };

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AreMadeListedAndShown()
    {
        var made = await _capsule.RunAsync("key", "new", "laptop", "--passphrase-variable", "PASSPHRASE");
        Assert.AreEqual(0, made.ExitCode, made.All);

        var list = await _capsule.RunAsync("key", "list");
        StringAssert.StartsWith(list.Output, "laptop  release  ecdsa-p256  sha256:");

        var shown = await _capsule.RunAsync("key", "show", "laptop");
        StringAssert.Contains(shown.Output, "-----BEGIN PUBLIC KEY-----");
        Assert.IsFalse(shown.Output.Contains("PRIVATE", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task OfEveryAlgorithmAreMadeExportedAndTakenIn()
    {
        await _capsule.DoAsync("key", "new", "quantum", "--algorithm", "ml-dsa-65", "--purpose", "atom", "--passphrase-variable", "PASSPHRASE");
        var list = await _capsule.DoAsync("key", "list", "--json");
        StringAssert.Contains(list, "\"algorithm\": \"ml-dsa-65\"");
        StringAssert.Contains(await _capsule.DoAsync("key", "export", "quantum", "--form", "atoms"), "algorithm: ML-DSA-65");

        await _capsule.DoAsync("key", "export", "quantum", "--private", "--to", "quantum.pem");
        StringAssert.StartsWith(File.ReadAllText(_capsule["quantum.pem"]), "purpose: atom\n-----BEGIN ENCRYPTED PRIVATE KEY-----");
        await _capsule.DoAsync("key", "import", "quantum.pem", "copy", "--passphrase-variable", "PASSPHRASE");
        Assert.AreEqual(await _capsule.DoAsync("key", "show", "quantum"), await _capsule.DoAsync("key", "show", "copy"));

        var incomplete = await _capsule.RunAsync("key", "export", "quantum", "--private");
        Assert.AreEqual(2, incomplete.ExitCode, incomplete.All);
    }

    [TestMethod]
    public async Task NeedAPassphraseThatNobodySees()
    {
        var made = await _capsule.RunAsync("key", "new", "laptop");

        Assert.AreEqual(8, made.ExitCode);
        StringAssert.Contains(made.Error, "CAP9104");
    }

    [TestMethod]
    public async Task AreNeverOverwritten()
    {
        await _capsule.RunAsync("key", "new", "laptop", "--passphrase-variable", "PASSPHRASE");

        var again = await _capsule.RunAsync("key", "new", "laptop", "--passphrase-variable", "PASSPHRASE");

        Assert.AreEqual(9, again.ExitCode);
        StringAssert.Contains(again.Error, "CAP3215");
    }

    /// <summary>The terminal shows nothing of a passphrase, and is as it was when Ctrl-C ends the question.</summary>
    [TestMethod]
    public async Task AskForTheirPassphraseAtATerminal()
    {
        const string Echo = "stty -a | grep -o -- '-*echo ' | sed 's/^/echo is /'";
        var made = await _capsule.TypedAsync(
            $"$capsule key new typed; {Echo}",
            ("of the new key .typed.: ", "correct horse battery\\n"), ("same again: ", "correct horse battery\\n"), ("echo is", ""));
        StringAssert.Contains(made.Output, "typed  release  ecdsa-p256", made.All);
        StringAssert.Contains(made.Output, "echo is echo", made.All);
        Assert.DoesNotContain("horse", made.Output);
        File.Delete(_capsule["terminal"]);

        var stopped = await _capsule.TypedAsync(
            $"trap : INT; $capsule key new other; echo exit $?; {Echo}",
            ("of the new key .other.: ", "correct\\003"), ("echo is", ""));
        StringAssert.Contains(stopped.Output, "exit 130", stopped.All);
        StringAssert.Contains(stopped.Output, "echo is echo", stopped.All);
        Assert.IsFalse(File.Exists(Path.Combine(_capsule.Home, "keys", "other.key")));
    }

    [TestMethod]
    public async Task TakeTheirPassphraseFromADescriptor()
    {
        _capsule.Write("lines", "correct horse battery\r\nanother good passphrase\n");
        var calls = await Command.RunAsync("sh", ["-c", """
            $capsule key new one --passphrase-fd 3 3<lines && $capsule key export one --private --to one.pem &&
            $capsule key import one.pem two --passphrase-fd 3 --new-passphrase-fd 3 3<lines; echo $?
            $capsule key new three --passphrase-fd 3; echo $?
            $capsule key new three --passphrase-fd 0 </dev/null; echo $?
            $capsule key new three --passphrase-fd 0 --passphrase-file lines <lines; echo $?
            """], _capsule.Folder, new Dictionary<string, string?>(_capsule.Variables()) { ["capsule"] = $"dotnet {CapsuleProgram.Program}" });
        CollectionAssert.AreEqual(new[] { "0", "8", "8", "2" }, calls.Output.Split('\n').Where(l => l.Length == 1).ToArray(), calls.All);
        StringAssert.Contains(calls.Error, "CAP3222");
        Assert.AreEqual(await _capsule.DoAsync("key", "show", "one"), await _capsule.DoAsync("key", "show", "two"));
    }

    /// <summary>The root of a trust file on two machines: the second has neither the file nor the first one's keys.</summary>
    [TestMethod]
    public async Task SignATrustFileByRequest()
    {
        using var auditor = new CapsuleProgram { Environment = { ["PASSPHRASE"] = "correct horse battery staple" } };
        await auditor.DoAsync("key", "new", "token", "--passphrase-variable", "PASSPHRASE");
        await auditor.DoAsync("key", "export", "token", "--to", _capsule["token.pub"]);
        _capsule.Write("home/token.pub", File.ReadAllText(_capsule["token.pub"]));
        _capsule.Write("home/trust.toml", """
            # Ours.
            version = 1
            [signers.auditor]
            keys = [{ algorithm = "ecdsa-p256", file = "token.pub" }]
            [[scope]]
            match = "acme/*"
            roles.release = { signers = ["auditor"], threshold = 1 }
            roles.root = { signers = ["auditor"], threshold = 1 }

            """);
        StringAssert.Contains(await _capsule.DoAsync("trust", "sign", "--request", auditor["ask.json"]), "its own root of 'acme/*': 1 must sign; still may: auditor (sha256:");
        var signed = await auditor.RunAsync("trust", "sign", "ask.json", "--key", "token", "--passphrase-variable", "PASSPHRASE");
        Assert.AreEqual(0, signed.ExitCode, signed.All);
        StringAssert.Contains(signed.Error, "# Ours.\nversion = 1\n", "the signer sees the whole file");
        await _capsule.RefusesAsync(2, "CAP9100", "trust", "sign", "--key", "token", "--attach", auditor["ask.json.sigstore.jsonl"]);
        var attached = JsonNode.Parse(await _capsule.DoAsync("trust", "sign", "--attach", auditor["ask.json.sigstore.jsonl"], "--json"))!["data"]!;
        Assert.AreEqual((true, 1), ((bool)attached["complete"]!, (int)attached["lines"]!));
        _capsule.Write("home/trust.toml", "# Theirs.\n" + File.ReadAllText(_capsule["home/trust.toml"]));
        await _capsule.RefusesAsync(5, "CAP3019", "trust", "sign", "--attach", auditor["ask.json.sigstore.jsonl"]);
    }
}
