using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Operations.Atoms;
using Capsule.Operations.Atoms.Registry;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Cli.Commands.Keys;

/// <summary>The policy file that a key verb edits.</summary>
/// <param name="Registry">What edits it.</param>
/// <param name="Catalog">The catalog before the edit; null for a trust file.</param>
internal sealed record PolicyFile(IKeyRegistry Registry, AtomSession? Catalog)
{
    /// <summary>As the file writes it.</summary>
    public string? Fingerprint(KeyName key) => key.Known is { } known ? Fingerprint(known)
        : Catalog is null ? key.Text
        : Catalog.Catalog.FindKey(key.Text)?.Fingerprint ?? key.Text;

    /// <inheritdoc cref="Fingerprint(KeyName)"/>
    public string Fingerprint(KnownKey key) => Catalog is null ? key.Key.Fingerprint : AtomKeys.Fingerprint(key.Key);

    /// <summary>What was done, for people and for programs, and which atoms it took below their quorum.</summary>
    public Answer Tell(Result<string> done, CancellationToken cancel, params (string Name, string? Value)[] data) => Answer.From(done, text =>
    {
        var answer = new JsonObject([
            KeyValuePair.Create<string, JsonNode?>("policy", Registry.Path),
            .. data.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Name, d.Value)),
        ]);
        if (Catalog is null)
        {
            return Answer.Ok(text, answer);
        }

        var lost = AtomQuorumLoss.Find(Catalog, Catalog.Call, cancel);
        answer["belowQuorum"] = new JsonArray([.. lost.Select(Describe)]);
        return Answer.Ok(string.Join('\n', lost.Select(Line).Prepend(text)), answer);
    });

    private static string Line(AtomQuorumLoss atom) =>
        $"below its quorum now: {atom.Id}, {atom.Rule}; {(atom.Missing.Count == 0 ? "no registered keys can complete it" : $"still missing: {string.Join(", ", atom.Missing)}")}";

    private static JsonObject Describe(AtomQuorumLoss atom) => new()
    {
        ["id"] = atom.Id,
        ["path"] = atom.Path,
        ["rule"] = atom.Rule,
        ["missing"] = new JsonArray([.. atom.Missing.Select(m => JsonValue.Create(m))]),
    };
}
