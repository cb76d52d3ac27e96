using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Trust.Quorum.Counting;

/// <summary>A count as JSON, the same for every kind of quorum.</summary>
public static class QuorumJson
{
    /// <summary>An object with <c>satisfied</c>, <c>canBeMet</c>, <c>terms</c>, <c>signatures</c>, <c>missing</c> and <c>missingIsSmallest</c>.</summary>
    /// <param name="result">The count.</param>
    /// <param name="fingerprint">How a key is shown.</param>
    public static JsonObject Of(QuorumResult result, Func<KeyBytes, string> fingerprint) => new()
    {
        ["satisfied"] = result.IsSatisfied,
        ["canBeMet"] = result.CanBeMet,
        ["terms"] = new JsonArray([.. result.Terms.Select(t => new JsonObject
        {
            ["role"] = t.Term.Role,
            ["count"] = t.Term.Count,
            ["satisfied"] = t.IsSatisfied,
            ["signed"] = Names(t.Signed),
            ["couldSign"] = Names(t.CouldSign),
            ["cannotCount"] = new JsonArray([.. t.Unable.Select(u => new JsonObject { ["signer"] = u.Name, ["why"] = u.Why is { } why ? Word(why) : "noKey" })]),
        })]),
        ["signatures"] = new JsonArray([.. result.Signatures.Select(s => new JsonObject
        {
            ["key"] = fingerprint(s.Signature.Key),
            ["role"] = s.Signature.Role,
            ["signer"] = s.Member,
            ["outcome"] = Word(s.Outcome),
        })]),
        ["missing"] = new JsonArray([.. result.Missing.Select(m => new JsonObject
        {
            ["signer"] = m.Member,
            ["role"] = m.Role,
            ["keys"] = Names([.. m.Keys.Select(fingerprint)]),
        })]),
        ["missingIsSmallest"] = result.IsMissingExact,
    };

    private static JsonArray Names(IReadOnlyList<string> names) => new([.. names.Select(n => JsonValue.Create(n))]);

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
