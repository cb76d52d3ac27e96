using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Text;
using Capsule.Trust.Cosigning;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Cli.Commands;

/// <summary>Signing a trust file on several machines: a request goes out, lines come back (docs: trust.md).</summary>
internal static class PolicyCosigning
{
    /// <summary>Writes the request; what it asks for, for people.</summary>
    public static Answer Request(TrustPolicy policy, PolicyRoot? used, string output)
    {
        var (lines, text) = (PolicyRotation.ReadLines(policy.Path), SourceText.Load(policy.Path));
        if (!lines.Succeeded || !text.Succeeded)
        {
            return Answer.Failed([.. lines.Diagnostics, .. text.Diagnostics]);
        }

        var counts = PolicyRotation.Count(policy, used, lines.Value);
        if (counts.Count == 0)
        {
            // Says why, with the hint of signing itself.
            return Answer.Failed(PolicySigner.Problem(policy)!);
        }

        var request = PolicyRequest.For(policy, text.Value.Text, counts);
        WholeFile.Write(output, PolicyRequestText.Write(request));
        return Answer.Ok(string.Join('\n', Needs(request).Prepend(output)), new JsonObject
        {
            ["request"] = output,
            ["version"] = policy.Version,
            ["complete"] = request.Roots.Count == 0,
        });
    }

    /// <summary>Shows the whole file that a request is about, and signs it.</summary>
    public static async Task<Answer> SignAsync(VerbContext context, string file, SigningKeys keys, CancellationToken cancel)
    {
        var request = PolicyRequestText.Read(RegularFile.ReadAllBytes(file, PolicyRequestText.MaximumSize), file);
        if (!request.Succeeded)
        {
            return Answer.Failed(request.Diagnostics);
        }

        foreach (var line in request.Value.Policy.Split('\n').Concat(Needs(request.Value)))
        {
            context.Say(line.TrimEnd('\r'));
        }

        var signed = await keys.UseAsync(context, signers => PolicyCosigner.SignAsync(request.Value, [.. signers.Select(s => s.Signer)], cancel), role: null, cancel);
        if (signed.Succeeded)
        {
            WholeFile.Write(file + SignatureLines.Suffix, signed.Value.ToBytes());
        }

        return Answer.From(signed, lines => SignCommand.Tell(file + SignatureLines.Suffix, lines));
    }

    public static Task<Result<SignatureLines>> AttachAsync(TrustPolicy policy, PolicyRoot? used, IReadOnlyList<string> files, CancellationToken cancel)
    {
        var brought = new List<(string File, SignatureLines Lines)>();
        foreach (var file in files)
        {
            var lines = SignatureLines.Read(RegularFile.ReadAllBytes(file, SignatureLines.MaximumSize + 1));
            if (!lines.Succeeded)
            {
                return Task.FromResult(lines);
            }

            brought.Add((file, lines.Value));
        }

        return PolicyCosigner.AttachAsync(policy, used, brought, cancel);
    }

    private static IEnumerable<string> Needs(PolicyRequest request) => request.Roots.Count == 0
        ? ["every root has been reached already"]
        : request.Roots.Select(r => $"{r.Whose} root of '{r.Scope}': {r.Threshold} must sign; still may: {string.Join(", ", r.MaySign.Select(s => $"{s.Name} ({string.Join(", ", s.Keys)})"))}");
}
