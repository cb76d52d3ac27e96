using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Quorum.Rotation;

/// <summary>Signs a trust file with a root role: one line for each key, beside it.</summary>
public static class PolicySigner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Why a file cannot be signed (CAP3129); null when it can.</summary>
    public static Diagnostic? Problem(TrustPolicy policy) => PolicyRoot.Of(policy) is null ? PolicyDiagnostics.NothingToSign.In(policy.Path, policy.Path) : null;

    /// <summary>
    /// Adds lines to those that are about this very file; others are left out. All lines, or why nothing was written (CAP3001 to CAP3005,
    /// CAP3119, CAP3127, CAP3129, CAP3210 to CAP3219).
    /// </summary>
    public static async Task<Result<SignatureLines>> SignAsync(TrustPolicy policy, IReadOnlyList<IKeySigner> signers, CancellationToken cancel)
    {
        if (Problem(policy) is { } problem)
        {
            return problem;
        }

        var made = await LinesAsync(PolicyStatement.Of(policy), signers, cancel);
        return made.Succeeded ? await AddAsync(policy, made.Value, cancel) : Result.Failed<SignatureLines>(made.Diagnostics);
    }

    /// <summary>One line for each key over a statement (CAP3210 to CAP3219).</summary>
    internal static async Task<Result<IReadOnlyList<SignatureLine>>> LinesAsync(byte[] statement, IReadOnlyList<IKeySigner> signers, CancellationToken cancel)
    {
        if (signers.Count == 0)
        {
            return KeyDiagnostics.NoKey.Now();
        }

        if (signers.FirstOrDefault(s => s.Purpose != KeyPurpose.Release) is { } wrong)
        {
            return KeyDiagnostics.WrongPurpose.Now(wrong.PublicKey.Fingerprint, wrong.Purpose.Name(), KeyPurpose.Release.Name());
        }

        var lines = new List<SignatureLine>();
        foreach (var signer in signers)
        {
            var signature = await signer.SignAsync(SigningMessage.Statement(statement), cancel);
            if (!signature.Succeeded)
            {
                return Result.Failed<IReadOnlyList<SignatureLine>>(signature.Diagnostics);
            }

            lines.Add(SignatureLineWriter.Write(signer.PublicKey, statement, signature.Value));
        }

        return lines;
    }

    /// <summary>Adds lines beside the file, in one turn.</summary>
    internal static async Task<Result<SignatureLines>> AddAsync(TrustPolicy policy, IReadOnlyList<SignatureLine> added, CancellationToken cancel)
    {
        using var turn = await WriteTurn.TakeAsync(PolicyRotation.SignaturesOf(policy.Path), Patience, cancel);
        return turn is null
            ? PolicyDiagnostics.Busy.In(policy.Path, PolicyRotation.SignaturesOf(policy.Path))
            : Write(policy, SigningMessage.Statement(PolicyStatement.Of(policy)), added);
    }

    private static Result<SignatureLines> Write(TrustPolicy policy, SigningMessage message, IReadOnlyList<SignatureLine> added)
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
