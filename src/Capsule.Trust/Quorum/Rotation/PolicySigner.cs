using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Quorum.Rotation;

/// <summary>Signs a trust file with a root role: one line for each key, beside it.</summary>
public static class PolicySigner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Adds lines to those that are about this very file; others are left out. All lines, or why nothing was written (CAP3001 to CAP3005,
    /// CAP3119, CAP3127, CAP3129, CAP3210 to CAP3219).
    /// </summary>
    public static async Task<Result<SignatureLines>> SignAsync(TrustPolicy policy, IReadOnlyList<IKeySigner> signers, CancellationToken cancel)
    {
        if (PolicyRoot.Of(policy) is null)
        {
            return PolicyDiagnostics.NothingToSign.In(policy.Path, policy.Path);
        }

        if (signers.Count == 0)
        {
            return KeyDiagnostics.NoKey.Now();
        }

        if (signers.FirstOrDefault(s => s.Purpose != KeyPurpose.Release) is { } wrong)
        {
            return KeyDiagnostics.WrongPurpose.Now(wrong.PublicKey.Fingerprint, wrong.Purpose.Name(), KeyPurpose.Release.Name());
        }

        var statement = PolicyStatement.Of(policy);
        var message = SigningMessage.Statement(statement);
        var added = new List<SignatureLine>();
        foreach (var signer in signers)
        {
            var signature = await signer.SignAsync(message, cancel);
            if (!signature.Succeeded)
            {
                return Result.Failed<SignatureLines>(signature.Diagnostics);
            }

            added.Add(SignatureLineWriter.Write(signer.PublicKey, statement, signature.Value));
        }

        using var turn = await WriteTurn.TakeAsync(PolicyRotation.SignaturesOf(policy.Path), Patience, cancel);
        return turn is null
            ? PolicyDiagnostics.Busy.In(policy.Path, PolicyRotation.SignaturesOf(policy.Path))
            : Write(policy, message, added);
    }

    private static Result<SignatureLines> Write(TrustPolicy policy, SigningMessage message, List<SignatureLine> added)
    {
        var present = PolicyRotation.ReadLines(policy.Path);
        if (!present.Succeeded)
        {
            return present;
        }

        var kept = present.Value.Lines.Where(l => l.Message is { } signed && signed.Span.SequenceEqual(message.Bytes.Span) && added.All(a => a.Hint != l.Hint));
        var lines = kept.Concat(added).Aggregate(SignatureLines.None, (all, line) => all.With(line));
        var read = SignatureLines.Read(lines.ToBytes());
        if (read.Succeeded)
        {
            WholeFile.Write(PolicyRotation.SignaturesOf(policy.Path), read.Value.ToBytes());
        }

        return read;
    }
}
