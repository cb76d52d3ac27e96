using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>The program <c>atoms</c> and <c>capsule atom</c> on a catalog: the reference's exit codes and JSON, and ours.</summary>
[TestClass]
public sealed class Atoms : IDisposable
{
    private const string Atom = "catalog/compositions/design-spec/greeting@1.0.0";

    private readonly CapsuleProgram _capsule = new();

    public Atoms()
    {
        _capsule.Environment["HOME"] = _capsule.Home;
        _capsule.Write("catalog/ATOMS.yml", "spec_version: atoms-spec/v1.1.0\nname: acme-atoms\natom_types: [design-spec]\nquorum_rules: {default: 1 of role:editor}\n");
        _capsule.Write($"{Atom}/atom.toml", GreetingAtom.Manifest);
        _capsule.Write($"{Atom}/spec.md", "hello\n");
    }

    private string Text => File.ReadAllText(_capsule[$"{Atom}/atom.toml"]);

    [TestMethod]
    public async Task AreCheckedAndHashed()
    {
        AreOk(await AtomsAsync("validate", "catalog"), "valid: acme-atoms/design-spec/greeting@1.0.0\n");
        AreOk(await AtomsAsync("canonicalize", Atom), $"written: {GreetingAtom.Hash} acme-atoms/design-spec/greeting@1.0.0\n");
        Assert.AreEqual(GreetingAtom.Manifest.Replace("\"\"", $"\"{GreetingAtom.Hash}\"", StringComparison.Ordinal), Text);
        var json = (await AtomsAsync("canonicalize", $"{Atom}/atom.toml", "--json")).Json(0);
        Assert.AreEqual(
            $$"""{"ok":true,"command":"canonicalize","atoms":[{"id":"acme-atoms/design-spec/greeting@1.0.0","path":"compositions/design-spec/greeting@1.0.0/atom.toml","valid":true,"errors":[],"content_hash":"{{GreetingAtom.Hash}}","changed":false,"lifecycle":"draft"}],"errors":[],"warnings":[]}""",
            json.ToJsonString());

        _capsule.Write($"{Atom}/spec.md", "hello \n");
        var wrong = await AtomsAsync("canonicalize", Atom);
        Assert.AreEqual((1, ""), (wrong.ExitCode, wrong.Output));
        StringAssert.StartsWith(wrong.Error, $"{Atom}/atom.toml(4,16): error ATM1010: content_hash is {GreetingAtom.Hash}");
        StringAssert.Contains(wrong.Error, "with blanks at the ends of lines stripped");
        var forced = await _capsule.RunAsync("atom", "canonicalize", Atom, "--force");
        Assert.AreEqual(0, forced.ExitCode, forced.All);
        StringAssert.Contains(forced.Error, "CAP0830");

        // The rule of the reference scripts, where somebody says it; the catalog's own word stands above.
        _capsule.Write($"{Atom}/more.md", "more\n");
        _capsule.Write($"{Atom}/spec.md", "hello\n");
        _capsule.Write($"{Atom}/atom.toml", GreetingAtom.Manifest);
        AreOk(await AtomsAsync("canonicalize", Atom, "--rule", "asset-raw"), $"written: {GreetingAtom.Hash} acme-atoms/design-spec/greeting@1.0.0\n");
        StringAssert.Contains((await AtomsAsync("validate", Atom)).Error, "ATM1109");
        File.AppendAllText(_capsule["catalog/ATOMS.yml"], "canonicalization: atoms-canon/1\n");
        StringAssert.Contains((await AtomsAsync("canonicalize", Atom, "--rule", "asset-raw")).Error, "ATM4007");

        File.Delete(_capsule[$"{Atom}/more.md"]);
        File.Delete(_capsule[$"{Atom}/spec.md"]);
        await _capsule.RefusesAsync(1, "CAP0820", "atom", "canonicalize", Atom);
    }

    [TestMethod]
    public async Task TellTheirErrorsInBothForms()
    {
        _capsule.Write($"{Atom}/atom.toml", GreetingAtom.Manifest.Replace("draft", "stable", StringComparison.Ordinal));
        var json = (await AtomsAsync("validate", Atom, "--json")).Json(1);
        var error = json["atoms"]![0]!["errors"]![0]!;
        Assert.AreEqual(("ATM1006", "compositions/design-spec/greeting@1.0.0/atom.toml", 5, 15, "error", "lifecycle"), (
            (string?)error["code"], (string?)error["path"], (int?)error["line"], (int?)error["column"], (string?)error["severity"], (string?)error["field"]));
        Assert.IsFalse((bool)json["ok"]!);
        Assert.IsEmpty(json["errors"]!.AsArray());
        await _capsule.RefusesAsync(1, "CAP0806", "atom", "validate", Atom);
        StringAssert.Contains((await AtomsAsync("validate", "--strict", "catalog")).Error, "error ATM1006");

        Directory.Delete(_capsule["catalog/compositions"], recursive: true);
        Assert.AreEqual(0, (await AtomsAsync("validate", "catalog")).ExitCode);
        StringAssert.Contains((await AtomsAsync("validate", "catalog", "--strict")).Error, "error ATM1107");
        StringAssert.Contains((await _capsule.RunAsync("atom", "validate", "catalog")).Error, "CAP0827");
    }

    [TestMethod]
    [DataRow(4, "ATM4007", "verb")]
    [DataRow(4, "ATM4007", "validate", "--bogus")]
    [DataRow(4, "ATM4001", "validate", "home")]
    [DataRow(4, "ATM4003", "validate", "catalog", "--config", "missing.toml")]
    [DataRow(1, "ATM1015", "validate", "catalog/none")]
    [DataRow(1, "ATM1015", "canonicalize", "catalog")]
    public async Task EndWithTheReferencesCodes(int exit, string code, params string[] arguments)
    {
        var json = (await AtomsAsync([.. arguments, "--json"])).Json(exit);
        Assert.AreEqual(code, (string?)(json["errors"]!.AsArray().FirstOrDefault() ?? json["atoms"]![0]!["errors"]![0])!["code"]);
        Assert.AreEqual(arguments[0], (string?)json["command"]);
    }

    [TestMethod]
    public async Task SayTheirVersionAndTheirHelp()
    {
        var version = await AtomsAsync("version");
        StringAssert.Matches(version.Output, new(@"\Aatoms-tools \d+\.\d+\.\d+\S*\n\z"));
        Assert.AreEqual("", version.Error);
        StringAssert.Contains((await AtomsAsync("--help")).Output, "canonicalize");
        var nothing = await AtomsAsync();
        Assert.AreEqual((4, ""), (nothing.ExitCode, nothing.Output));
        StringAssert.StartsWith(nothing.Error, "Usage: atoms");
        var capsule = await AtomsAsync("run", ".");
        StringAssert.Contains(capsule.Error, "ATM4007");
    }

    [TestMethod]
    public async Task TakeTheirSettingsFromTheUserThenTheProject()
    {
        _capsule.Write("home/.atoms/config.toml", "[output]\njson = true\n[olympus]\nx = 1\n[keys]\ndefault_key = \"mine\"\n");
        Assert.IsTrue((bool)(await AtomsAsync("validate", "catalog")).Json(0)["ok"]!);
        AreOk(await AtomsAsync("validate", "catalog", "--no-json"), "valid: acme-atoms/design-spec/greeting@1.0.0\n");
        AreOk(await AtomsAsync("validate", "catalog", "--no-json", "--quiet"), "");

        _capsule.Write("catalog/.atoms/config.toml", """
            surprise = 1
            [output]
            json = false
            [catalog]
            root = "/"
            [cache]
            path = "../../elsewhere"
            [keys]
            allow_insecure = true
            [keys.backends.mine]
            kind = "command"
            program = "/bin/sh"
            """);
        var run = await AtomsAsync("validate", "catalog");
        Assert.AreEqual("valid: acme-atoms/design-spec/greeting@1.0.0\n", run.Output, run.All);
        foreach (var line in (string[])["(1,1): warning ATM1112", "(5,8): warning ATM1112", "(7,8)", "(9,18)", "(10,16)"])
        {
            StringAssert.Contains(run.Error, $"catalog/.atoms/config.toml{line}");
        }

        StringAssert.Contains((await _capsule.RunAsync("atom", "validate", "catalog")).Error, "CAP0832");
        _capsule.Write("catalog/.atoms/config.toml", "[cache]\ndraft_ttl_seconds = -2\n");
        StringAssert.Contains((await AtomsAsync("validate", "catalog")).Error, "catalog/.atoms/config.toml(2,21): error ATM4003");
        await _capsule.RefusesAsync(1, "CAP0863", "atom", "validate", "catalog");
        await _capsule.RefusesAsync(2, "CAP9100", "atom", "canonicalize");
        Assert.AreEqual("CAP0867", Catalog("ATM4007"));
    }

    /// <summary>With a key that this program made: from the draft to the published atom, offline.</summary>
    [TestMethod]
    public async Task AreSignedVerifiedAndPublished()
    {
        _capsule.Write("catalog/ATOMS.yml", await AtomKey.CatalogAsync(_capsule, "acme-atoms", "mine"));
        Assert.AreEqual("ATM5003", (string?)(await AtomsAsync("verify", Atom, "--json")).Json(5)["atoms"]![0]!["errors"]![0]!["code"]);
        StringAssert.Contains((await AtomsAsync("sign", Atom, "--key", "k2")).Error, "error ATM2001: The key 'k2' is not registered");
        Assert.AreEqual("ATM2005", (string?)(await AtomsAsync("sign", Atom, "--key", "k1", "--json")).Json(2)["atoms"]![0]!["errors"]![0]!["code"]);
        AreOk(await AtomsAsync("sign", Atom, "--key", "k1", "--passphrase-variable", "PASSPHRASE"), "signed: acme-atoms/design-spec/greeting@1.0.0\n");
        Assert.AreEqual(2, (await AtomsAsync("sign", Atom, "--key", "k1")).ExitCode);
        await _capsule.RefusesAsync(9, "CAP0844", "atom", "sign", Atom, "--key", "k1");
        AreOk(await AtomsAsync("sign", Atom, "--key", "k1", "--envelope"), "unchanged: acme-atoms/design-spec/greeting@1.0.0\n");

        var explained = await Command.RunAsync("unshare", ["-n", "env", "dotnet", CapsuleProgram.Program, "verify", Atom, "--explain"], _capsule.Folder, new Dictionary<string, string?>(_capsule.Variables()) { ["CAPSULE_CALLED_AS"] = "atoms" });
        AreOk(explained, "k1: valid, catalog-maintainer\ncatalog-maintainer: 1 of 1, reached\n  signed: k1\n  could sign: nobody\nverified: acme-atoms/design-spec/greeting@1.0.0, 1 of role:catalog-maintainer\n");
        var published = (await AtomsAsync("publish", Atom, "--json", "--passphrase-variable", "PASSPHRASE")).Json(0)["atoms"]![0]!;
        Assert.AreEqual(("published", "valid", 1), ((string?)published["lifecycle"], (string?)published["signatures"]![0]!["status"], (int?)published["quorum"]!["terms"]![0]!["valid"]));
        Assert.AreEqual("ATM1014", (string?)(await AtomsAsync("publish", Atom, "--json")).Json(1)["atoms"]![0]!["errors"]![0]!["code"]);
        StringAssert.StartsWith((await AtomsAsync("publish", Atom, "--finish")).Output, "finished: acme-atoms/design-spec/greeting@1.0.0 at ");
        Assert.AreEqual(4, (await AtomsAsync("publish", Atom, "--finish", "--prepare")).ExitCode);
        Assert.AreEqual(0, (await _capsule.RunAsync("atom", "verify", Atom)).ExitCode);

        // As a package it keeps its identity, and takes its signatures along.
        var (signed, tree) = (Text, await _capsule.DoAsync("tree", Atom));
        await _capsule.DoAsync("pack", Atom, "--publisher", "acme", "--output", "out");
        await _capsule.DoAsync("install", Directory.GetFiles(_capsule["out"], "*.capsule").Single(), "--publisher", "acme", "--identity", Identity(tree));
        var installed = Path.Combine(_capsule.Home, "store", "acme", "greeting", "1.0.0", "tree");
        AreOk(await AtomsAsync("verify", installed, "--catalog", "catalog"), "verified: acme-atoms/design-spec/greeting@1.0.0, 1 of role:catalog-maintainer\n");
        var signatures = Path.Combine(installed, ".capsule", "native-signatures");
        await File.AppendAllTextAsync(signatures, "[protocol]\n");
        StringAssert.Contains((await AtomsAsync("verify", installed, "--catalog", "catalog")).Error, "error ATM1016");
        File.Delete(signatures);
        Assert.AreEqual(5, (await AtomsAsync("verify", installed, "--catalog", "catalog")).ExitCode);
        _capsule.Write($"{Atom}/atom.toml", Text[..Text.IndexOf("\n[signature", StringComparison.Ordinal)]);
        Assert.AreEqual(tree, await _capsule.DoAsync("tree", Atom));
        _capsule.Write($"{Atom}/atom.toml", signed);

        _capsule.Write($"{Atom}/atom.toml", Text.Replace("\"published\"", "\"retired\"", StringComparison.Ordinal));
        Assert.AreEqual("ATM5005 envelope-invalid invalid", Told((await AtomsAsync("verify", Atom, "--json")).Json(5)["atoms"]![0]!));
        _capsule.Write($"{Atom}/spec.md", "hullo\n");
        Assert.AreEqual(5, (await AtomsAsync("verify", Atom)).ExitCode);
    }

    /// <summary>The catalog's keys by command: the nearest ATOMS.yml is found, and who falls below the quorum is told.</summary>
    [TestMethod]
    public async Task HaveTheirKeysRegisteredAndRevoked()
    {
        _capsule.Environment["PASSPHRASE"] = "correct horse battery";
        _capsule.Write("home/.atoms/config.toml", "[keys]\ndefault_backend = \"encrypted-file\"\n");
        await _capsule.DoAsync("key", "new", "my.key", "--algorithm", "ml-dsa-65", "--purpose", "atom", "--passphrase-variable", "PASSPHRASE");
        await _capsule.RefusesAsync(2, "CAP9100", "key", "register", "my.key", "--catalog", "catalog");
        await _capsule.RefusesAsync(2, "CAP9100", "key", "register", "my.key", "--role", "editor", "--scope", "acme/*", "--policy", "catalog/ATOMS.yml");
        var before = File.ReadAllText(_capsule["catalog/ATOMS.yml"]);
        var registered = (await InCatalogAsync("key", "register", "my.key", "--role", "editor", "--json")).Json(0)["data"]!;
        StringAssert.StartsWith(File.ReadAllText(_capsule["catalog/ATOMS.yml"]), $"{before}keys:\n  - id: my.key\n    role: editor\n    algorithm: ML-DSA-65\n    fingerprint: {registered["fingerprint"]}\n");
        var signed = await _capsule.TypedAsync($"CAPSULE_CALLED_AS=atoms $capsule sign {Atom} --key my.key", ("of the key .my.key.: ", "correct horse battery\\n"), ("signed: acme-atoms", ""));
        Assert.AreEqual(0, signed.ExitCode, signed.All);
        Assert.DoesNotContain("horse", signed.Output);
        Assert.AreEqual(0, (await AtomsAsync("verify", Atom)).ExitCode);

        var revoked = await InCatalogAsync("key", "revoke", $"sha256:{registered["fingerprint"]}", "--reason", "lost", "--json");
        Assert.AreEqual(
            """[{"id":"acme-atoms/design-spec/greeting@1.0.0","path":"compositions/design-spec/greeting@1.0.0/atom.toml","rule":"1 of role:editor","missing":[]}]""",
            revoked.Json(0)["data"]!["belowQuorum"]!.ToJsonString());
        Assert.AreEqual(5, (await AtomsAsync("verify", Atom)).ExitCode);
        await _capsule.RefusesAsync(9, "CAP0883", "key", "register", "my.key", "--role", "editor", "--catalog", "catalog");

        // Outside of a catalog the same key goes into the trust file, as ever.
        StringAssert.Contains(await _capsule.DoAsync("key", "register", "my.key"), "The signer 'my.key'");
        await _capsule.RefusesAsync(4, "CAP3202", "key", "revoke", "stranger");
    }

    [TestMethod]
    public async Task HaveALinkOnRequest()
    {
        await _capsule.DoAsync("shims", "add", "atoms");
        AreOk(await Command.RunAsync(Path.Combine(_capsule.Home, "bin", "atoms"), ["validate", "catalog", "--no-json"], _capsule.Folder, _capsule.Variables()), "valid: acme-atoms/design-spec/greeting@1.0.0\n");
        StringAssert.StartsWith(await _capsule.DoAsync("shims", "list"), "atoms  ");
        await _capsule.DoAsync("shims", "remove", "atoms");
        Assert.AreEqual("", await _capsule.DoAsync("shims", "list"));
        _capsule.Write("home/bin/atoms", "mine");
        await _capsule.RefusesAsync(9, "CAP9124", "shims", "add", "atoms");
        await _capsule.RefusesAsync(9, "CAP9124", "shims", "remove", "atoms");
        Assert.AreEqual("mine", File.ReadAllText(_capsule["home/bin/atoms"]));

        // A link to the program's own executable keeps its name too.
        if (Path.Combine(AppContext.BaseDirectory, "capsule") is var host && File.Exists(host))
        {
            File.CreateSymbolicLink(_capsule["atoms"], host);
            StringAssert.StartsWith((await Command.RunAsync(_capsule["atoms"], ["version"], _capsule.Folder, _capsule.Variables())).Output, "atoms-tools ");
        }

        var tree = await _capsule.DoAsync("tree", Atom);
        StringAssert.Contains(tree, "\tatom.toml\n");
        var packed = await _capsule.DoAsync("pack", Atom, "--publisher", "acme", "--output", "out");
        Assert.AreEqual(tree, await _capsule.DoAsync("tree", Directory.GetFiles(_capsule["out"], "*.capsule").Single()), packed);
    }

    public void Dispose() => _capsule.Dispose();

    private static string Catalog(string alias) => Capsule.Cli.Catalog.All.Find(alias).Single().Code;

    private Task<Command> AtomsAsync(params string[] arguments) => _capsule.CalledAsync("atoms", arguments);

    private Task<Command> InCatalogAsync(params string[] arguments) =>
        Command.RunAsync("dotnet", [CapsuleProgram.Program, .. arguments], _capsule["catalog"], _capsule.Variables());

    private static string Identity(string tree) =>
        $"capsule-tree/1:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{tree.TrimEnd()}\n")))}";

    private static string Told(System.Text.Json.Nodes.JsonNode atom) =>
        $"{atom["errors"]![0]!["code"]} {atom["signatures"]![0]!["status"]} {atom["signatures"]![0]!["envelope"]}";

    private static void AreOk(Command run, string output) => Assert.AreEqual((0, output), (run.ExitCode, run.Output), run.All);
}
