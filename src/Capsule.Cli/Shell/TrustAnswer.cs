using System.Text.Json.Nodes;
using Capsule.Trust;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Cli.Shell;

/// <summary>A decision about trust with its whole count, for people and for programs.</summary>
internal static class TrustAnswer
{
    public static IEnumerable<string> Text(TrustExplanation decision)
    {
        foreach (var policy in decision.Policies)
        {
            yield return $"{policy.Path}, scope {policy.Scope.Match}";
            foreach (var line in QuorumText.Lines(policy.Result))
            {
                yield return $"  {line}";
            }

            foreach (var (line, result) in policy.Lines.Zip(policy.Result.Signatures))
            {
                yield return $"  line {line.Number}, as '{line.Role}': {(result.Outcome == SignatureOutcome.Counts ? "" : "does not count: ")}{QuorumText.Why(result)}";
            }
        }

        foreach (var finding in decision.Lines.Where(l => l.Why is not null || decision.Policies.Count == 0))
        {
            yield return finding.Why is { } why ? why.Message : $"Line {finding.Number} of the signatures is {finding.Description} by key {finding.Verified!.Key.Fingerprint}.";
        }

        if (decision.Policies.Count == 0)
        {
            yield return "no trust file has a rule for it";
        }
    }

    public static JsonObject Json(TrustExplanation decision) => new()
    {
        ["policies"] = new JsonArray([.. decision.Policies.Select(Json)]),
        ["lines"] = new JsonArray([.. decision.Lines.Select(l => new JsonObject
        {
            ["line"] = l.Number,
            ["what"] = l.Description,
            ["key"] = l.Verified?.Key.Fingerprint,
            ["code"] = l.Why?.Code,
            ["why"] = l.Why?.Message,
        })]),
    };

    private static JsonObject Json(PolicyCount policy)
    {
        var count = QuorumJson.Of(policy.Result, key => PublicKey.FromSpki(key.Bytes)!.Fingerprint);
        count["file"] = policy.Path;
        count["scope"] = policy.Scope.Match.Text;
        foreach (var (line, signature) in policy.Lines.Zip(count["signatures"]!.AsArray()))
        {
            signature!["line"] = line.Number;
        }

        return count;
    }
}
