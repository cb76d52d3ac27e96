using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>The program <c>atoms</c> and the network: imports, and the cache with a host and two mirrors, of which one is down and one lies.</summary>
[TestClass]
public sealed class AtomsFromElsewhere : IDisposable
{
    private const string Id = "other-atoms/design-spec/greeting@1.0.0";
    private const string Published = "publisher/compositions/design-spec/greeting@1.0.0";

    private readonly CapsuleProgram _capsule = new();
    private readonly LoopbackServer _host = new();

    public AtomsFromElsewhere()
    {
        _capsule.Environment["HOME"] = _capsule.Home;
        _capsule.Environment["NO_PROXY"] = "127.0.0.1";
        _capsule.Write("catalog/ATOMS.yml", "spec_version: atoms-spec/v1.1.0\nname: acme-atoms\natom_types: [design-spec, openapi-spec]\n");
    }

    [TestMethod]
    public async Task DocumentsAreImported()
    {
        _host.Pages["/pets/openapi.json"] = WebAnswer.To("/pets/v2/openapi.json");
        _host.Pages["/pets/v2/openapi.json"] = WebAnswer.Text("{\"openapi\": \"3.1.0\"}", "text/html");
        _host.Pages["/notes.md"] = WebAnswer.Text("# Notes\n");
        var imported = await AtomsAsync("import", $"{_host.Root}/pets/openapi.json", "--catalog", "catalog", "--json");
        Assert.AreEqual("acme-atoms/openapi-spec/pets@1.0.0", (string?)imported.Json(0)["atoms"]![0]!["id"]);
        StringAssert.Contains(imported.Error, "ATM1135");
        Assert.AreEqual("{\"openapi\": \"3.1.0\"}", File.ReadAllText(_capsule["catalog/compositions/openapi-spec/pets@1.0.0/pets.json"]));

        foreach (var (exit, code, call) in (ValueTuple<int, string, string[]>[])
            [
                (1, "ATM1017", [$"{_host.Root}/pets/openapi.json"]),
                (3, "ATM3002", [$"{_host.Root}/none"]),
                (4, "ATM4004", [$"{_host.Root}/notes.md"]),
                (4, "ATM4004", [$"{_host.Root}/notes.md", "--class", "rfc"]),
                (4, "ATM4007", [$"{_host.Root}/notes.md", "--class", "design-spec", "--slug", "No"]),
                (4, "ATM4007", []),
            ])
        {
            var refused = await AtomsAsync(["import", .. call, "--catalog", "catalog", "--json"]);
            Assert.AreEqual(code, (string?)refused.Json(exit)["errors"]![0]!["code"], refused.All);
        }

        var notes = _capsule.Write("elsewhere/notes.md", "# Notes\n");
        Assert.AreEqual("imported: acme-atoms/design-spec/notes@1.0.0 in compositions/design-spec/notes@1.0.0\n", (await AtomsAsync("import", $"file://{notes}", "--class", "design-spec", "--catalog", "catalog")).Output);
        await _capsule.RefusesAsync(9, "CAP0817", "atom", "import", notes, "--class", "design-spec", "--catalog", "catalog");
        await _capsule.RefusesAsync(3, "CAP0894", "atom", "import", $"{_host.Root}/none", "--catalog", "catalog");
    }

    /// <summary>With TLS of the test's own: what is not trusted is refused, and nothing leads from https to http.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task DocumentsAreImportedOverTls()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=loopback", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var server = new LoopbackServer { Certificate = certificate };
        server.Pages["/pets.yaml"] = WebAnswer.Text("openapi: 3.0.0\n");
        server.Pages["/down.yaml"] = WebAnswer.To($"{_host.Root}/pets.yaml");
        _host.Pages["/up.yaml"] = WebAnswer.To($"{server.Root}/pets.yaml");
        _host.Pages["/pets.yaml"] = server.Pages["/pets.yaml"];

        Assert.AreEqual("ATM3004", (string?)(await AtomsAsync("import", $"{server.Root}/pets.yaml", "--catalog", "catalog", "--json")).Json(3)["errors"]![0]!["code"]);
        Assert.IsEmpty(server.Asked);

        _capsule.Environment["SSL_CERT_FILE"] = _capsule.Write("trusted.pem", certificate.ExportCertificatePem());
        var imported = await AtomsAsync("import", $"{server.Root}/pets.yaml", "--catalog", "catalog");
        Assert.AreEqual((0, "imported: acme-atoms/openapi-spec/pets@1.0.0 in compositions/openapi-spec/pets@1.0.0\n", ""), (imported.ExitCode, imported.Output, imported.Error));
        var down = await AtomsAsync("import", $"{server.Root}/down.yaml", "--catalog", "catalog");
        Assert.AreEqual(3, down.ExitCode, down.All);
        StringAssert.Contains(down.Error, "it redirects from https to http");
        Assert.IsEmpty(_host.Asked);
        Assert.AreEqual(0, (await AtomsAsync("import", $"{_host.Root}/up.yaml", "--slug", "up", "--catalog", "catalog")).ExitCode);
    }

    [TestMethod]
    public async Task AtomsAreFetchedFromTheMirrorThatTellsTheTruth()
    {
        var keys = await PublishAsync();
        using var down = new DeadPort();
        using var liar = new LoopbackServer();
        using var honest = new LoopbackServer();
        Serve(liar, "lie\n");
        Serve(honest, "hello\n");
        _host.Answer = _ => new WebAnswer(503) { Promised = 0 };
        _capsule.Write("keys/ATOMS.yml", keys);
        _capsule.Write("home/.atoms/config.toml", $"[catalogs.other-atoms]\ndomain = \"{_host.Root}\"\nroot = \"../../keys\"\n");
        _capsule.Write("catalog/mirror.toml", string.Concat(((string[])[down.Root, liar.Root]).Select(u => $"[[mirror]]\ncatalog = \"other-atoms\"\nurl = \"{u}\"\n")));
        _capsule.Write("catalog/compositions/design-spec/mine@1.0.0/spec.md", "mine\n");
        _capsule.Write("catalog/compositions/design-spec/mine@1.0.0/atom.toml", Manifest("acme-atoms/design-spec/mine", Id));

        // Down and lying: nobody is believed, and the network is to blame.
        var failed = await AtomsAsync("validate", "catalog", "--json");
        Assert.AreEqual("ATM3003", (string?)failed.Json(3)["errors"]![0]!["code"], failed.All);
        CollectionAssert.AreEqual(new[] { "ATM1139", "ATM1139" }, failed.Json(3)["warnings"]!.AsArray().Select(w => (string?)w!["code"]).ToArray());
        StringAssert.Contains(failed.Error, $"'{liar.Root}/' was skipped");
        Assert.AreEqual("", (await AtomsAsync("cache", "list")).Output);

        // The host is back.
        _host.Answer = honest.Answer;
        var added = (await AtomsAsync("cache", "add", Id, "--catalog", "catalog", "--json")).Json(0);
        Assert.AreEqual((Id, "published", "permanent"), ((string?)added["entries"]![0]!["id"], (string?)added["entries"]![0]!["lifecycle"], (string?)added["entries"]![0]!["ttl_status"]));
        Assert.AreEqual("valid: acme-atoms/design-spec/mine@1.0.0\n", (await AtomsAsync("validate", "catalog")).Output);

        var entry = (await AtomsAsync("cache", "inspect", Id, "--json")).Json(0)["entry"]!;
        Assert.AreEqual((GreetingAtom.Hash, "ok: hash and quorum"), ((string?)entry["content_hash"], (string?)entry["verification"]!["result"]));
        StringAssert.StartsWith(await _capsule.DoAsync("atom", "cache", "list"), $"{Id}  published  ");
        await _capsule.RefusesAsync(4, "CAP0892", "atom", "cache", "inspect", "other-atoms/design-spec/none@1.0.0");
        Assert.AreEqual(1, (await AtomsAsync("cache", "inspect", "other-atoms/design-spec/none@1.0.0")).ExitCode);

        StringAssert.Contains((await AtomsAsync("cache", "purge", "--all")).Error, "ATM4008");
        Assert.AreEqual(4, (await AtomsAsync("cache", "purge")).ExitCode);
        Assert.AreEqual($"removed: {Id}\n", (await AtomsAsync("cache", "purge", "--all", "--yes")).Output);
        Assert.AreEqual(0, (await AtomsAsync("cache", "purge", Id)).ExitCode);
    }

    public void Dispose()
    {
        _host.Dispose();
        _capsule.Dispose();
    }

    /// <summary>Signs and publishes the other catalog's atom; its <c>ATOMS.yml</c>.</summary>
    private async Task<string> PublishAsync()
    {
        var catalog = await AtomKey.CatalogAsync(_capsule, "other-atoms", "theirs");
        _capsule.Write("publisher/ATOMS.yml", catalog);
        _capsule.Write($"{Published}/spec.md", "hello\n");
        _capsule.Write($"{Published}/atom.toml", Manifest("other-atoms/design-spec/greeting", Id));
        foreach (var verb in (string[][])[["sign", Published, "--key", "k1"], ["publish", Published]])
        {
            Assert.AreEqual(0, (await AtomsAsync([.. verb, "--passphrase-variable", "PASSPHRASE"])).ExitCode);
        }

        return catalog;
    }

    private void Serve(LoopbackServer server, string asset)
    {
        server.Pages["/design-spec/greeting/1.0.0/atom.toml"] = WebAnswer.Text(File.ReadAllText(_capsule[$"{Published}/atom.toml"]));
        server.Pages["/design-spec/greeting/1.0.0/spec.md"] = WebAnswer.Text(asset);
    }

    private static string Manifest(string id, string conformsTo) => GreetingAtom.Manifest
        .Replace("\"acme-atoms/design-spec/greeting\"", $"\"{id}\"", StringComparison.Ordinal)
        .Replace("\"acme-atoms/design-spec/greeting@1.0.0\"", $"\"{conformsTo}\"", StringComparison.Ordinal);

    private Task<Command> AtomsAsync(params string[] arguments) => _capsule.CalledAsync("atoms", arguments);
}
