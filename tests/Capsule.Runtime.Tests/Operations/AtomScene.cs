using Capsule.Operations.Atoms;
using Capsule.Tests;
using Capsule.Trust.Keys;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>A catalog with one atom and keys whose private halves are the published examples of RFC 9881: the seed 00 01 … 1f.</summary>
internal sealed class AtomScene : IDisposable
{
    public const string Fingerprint44 = "9f107644c1084526af3bc8098680b05499a2325a644e388fb4f970e058d19d46";
    public const string Fingerprint65 = "d666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9";
    public const string Fingerprint87 = "91dc389cfaa01470b7f66eee45a4ae9026d154817c754dfe22298b3fa241ffcd";
    public const string Hash = GreetingAtom.Hash;

    public static readonly string Manifest = GreetingAtom.Manifest.Replace("content_hash = \"\"\n", "", StringComparison.Ordinal);

    public const string Catalog = $"""
        spec_version: atoms-spec/v1.1.0
        name: acme-atoms
        atom_types: [design-spec]
        signing:
          required_algorithms: [ml-dsa-65]
          accepted_algorithms: [ml-dsa-65, ml-dsa-44]
          quorum_rules:
            default: "1 of role:catalog-maintainer"
            design-spec: "1 of role:catalog-maintainer + 1 of role:editor"
        keys:
          - {"{"}id: maintainer, role: catalog-maintainer, algorithm: ML-DSA-65, fingerprint: {Fingerprint65}, backend: plain, backend_ref: k65.pem{"}"}
          - {"{"}id: editor, role: editor, algorithm: ML-DSA-44, fingerprint: {Fingerprint44}, backend: plain, backend_ref: k44.pem{"}"}

        """;

    private const string Folder = "catalog/compositions/design-spec/greeting@1.0.0";

    private readonly TemporaryFolder _folder = new();

    public AtomScene(Func<string, string>? catalog = null, Func<string, string>? manifest = null, string settings = "")
    {
        Write("catalog/ATOMS.yml", (catalog ?? (c => c))(Catalog));
        Write($"{Folder}/atom.toml", (manifest ?? (m => m))(Manifest));
        Write($"{Folder}/spec.md", "hello\n");
        Write("home/.atoms/config.toml", settings + "[keys]\nallow_insecure = true\n[keys.backends.plain]\nkind = \"insecure-file\"\nfolder = \"../keys\"\n");
        foreach (var (set, code) in (ValueTuple<string, string>[])[("44", "R"), ("65", "S"), ("87", "T")])
        {
            Write($"home/keys/k{set}.pem", $"-----BEGIN PRIVATE KEY-----\nMDQCAQAwCwYJYIZIAWUDBAM{code}BCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n");
        }
    }

    public AtomCall Call => new() { WorkingDirectory = _folder.Path, UserHome = _folder["home"], Path = Folder, Now = new(2026, 11, 21, 1, 2, 3, TimeSpan.Zero) };

    public string Text
    {
        get => File.ReadAllText(_folder[Folder, "atom.toml"]);
        set => File.WriteAllText(_folder[Folder, "atom.toml"], value);
    }

    public string this[params string[] parts] => _folder[parts];

    public string Write(string relative, string content) => _folder.Write(relative, content);

    public Task<AtomOutcome> SignAsync(string? key, bool force = false, bool deterministic = false) =>
        AtomSign.RunAsync(Call, Signing with { KeyId = key, Force = force, Deterministic = deterministic }, CancellationToken.None);

    public Task<AtomOutcome> PublishAsync(PublishStep step = PublishStep.Whole, params string[] also) =>
        AtomPublish.RunAsync(Call, new PublishRequest(Signing) { Step = step, Also = also }, CancellationToken.None);

    public AtomOutcome Verify(bool strict = false) => AtomVerify.Run(Call with { Strict = strict }, CancellationToken.None);

    /// <summary>Signs with both keys.</summary>
    public async Task<AtomScene> SignedAsync()
    {
        Codes(await SignAsync("maintainer"), "");
        Codes(await SignAsync("editor"), "CAP0833");
        return this;
    }

    public AtomSigning Signing => new() { Keys = new KeyStore(_folder["home", "keys"]) };

    /// <summary>The same text with signatures that cover the files alone, as upstream writes them.</summary>
    public static string WithoutEnvelopes(string manifest) => System.Text.RegularExpressions.Regex.Replace(manifest, "envelope = .*\n", "");

    /// <summary>The codes of all problems, in their order.</summary>
    public static void Codes(AtomOutcome outcome, string codes)
    {
        var all = outcome.Problems.Concat(outcome.Atoms.SelectMany(a => a.Problems)).ToArray();
        Assert.AreEqual(codes, string.Join(' ', all.Select(p => p.Code)), string.Join('\n', all.Select(p => p.Text)));
    }

    public void Dispose() => _folder.Dispose();
}
