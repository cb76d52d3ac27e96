using Capsule.Core.Diagnostics;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Trust;

/// <summary>Signs packages: one line for each key and statement (specs: trust 2).</summary>
public static class PackageSigner
{
    /// <summary>Attestations fill at most half of what readers accept, so that co-signatures find room.</summary>
    private const int AttestationRoom = SignatureLines.MaximumSize / 2;

    /// <summary>The existing lines that belong to this identity, and the new ones behind them (CAP3010, CAP3011, CAP3210 to CAP3214, CAP3219).</summary>
    public static async Task<Result<SignatureLines>> SignAsync(SignRequest request, CancellationToken cancel)
    {
        if (ReleaseOf(request) is not { } release)
        {
            return EnvelopeDiagnostics.PackageIncomplete.Now(request.Package.Name);
        }

        if (Refusal(request) is { } refusal)
        {
            return refusal;
        }

        var (lines, notes) = Keep(request);
        var statement = release.ToStatement(request.Package.Identity!);
        var tasks = request.Signers.SelectMany(signer => StatementsOf(signer, request, statement).Select(payload => (Signer: signer, Statement: payload)));
        foreach (var (signer, payload) in tasks)
        {
            if (lines.Lines.Any(line => IsBy(line, signer, payload.Span)))
            {
                continue;
            }

            if (signer.Purpose == KeyPurpose.Provenance && lines.ToBytes().Length + (payload.Length * 4 / 3) > AttestationRoom)
            {
                notes.Add(EnvelopeDiagnostics.AttestationTooLarge.Now());
                continue;
            }

            var signature = await signer.SignAsync(SigningMessage.Statement(payload.Span), cancel);
            if (!signature.Succeeded)
            {
                return Result.Failed<SignatureLines>(signature.Diagnostics);
            }

            lines = lines.With(SignatureLineWriter.Write(signer.PublicKey, payload.Span, signature.Value));
        }

        var written = SignatureLines.Read(lines.ToBytes());
        return written.Succeeded ? Result.Of(written.Value, notes) : written;
    }

    /// <summary>What a key says: the release, or the attestations; and itself, where its signatures do not reveal it.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> StatementsOf(IKeySigner signer, SignRequest request, byte[] release) =>
    [
        .. signer.Purpose == KeyPurpose.Release ? [release] : request.Attestations,
        .. signer.PublicKey.Algorithm.RevealsKey
            ? Array.Empty<ReadOnlyMemory<byte>>()
            : [SignerKeyPredicate.ToStatement(signer.PublicKey, request.Package.Identity!)],
    ];

    private static ReleasePredicate? ReleaseOf(SignRequest request) =>
        request.Package is { Scope: { } scope, Version: { } version, Identity: not null } package
            ? new ReleasePredicate(package.Family, PackageUrl.For(scope, package.Name, version), request.Role)
            : null;

    private static Diagnostic? Refusal(SignRequest request)
    {
        if (request.Signers.Count == 0)
        {
            return KeyDiagnostics.NoKey.Now();
        }

        var wrong = request.Signers.FirstOrDefault(s =>
            s.Purpose is not (KeyPurpose.Release or KeyPurpose.Provenance) || (s.Purpose == KeyPurpose.Provenance && request.Attestations.Count == 0));
        return wrong is null ? null : KeyDiagnostics.WrongPurpose.Now(wrong.PublicKey.Fingerprint, wrong.Purpose.Name(), KeyPurpose.Release.Name());
    }

    private static (SignatureLines Lines, List<Diagnostic> Notes) Keep(SignRequest request)
    {
        var kept = SignatureLines.None;
        var notes = new List<Diagnostic>();
        foreach (var line in request.Existing.Lines)
        {
            if (line.Statement?.Identity is { } other && other != request.Package.Identity)
            {
                notes.Add(EnvelopeDiagnostics.LineDropped.Now(line.Number, other));
            }
            else if (!IsSuperseded(line, request))
            {
                kept = kept.With(line);
            }
        }

        return (kept, notes);
    }

    /// <summary>What a provenance key said before about the same contents, for example of a build with an older SDK.</summary>
    private static bool IsSuperseded(SignatureLine line, SignRequest request) =>
        line.Key is null
        && request.Signers.Any(s => s.Purpose == KeyPurpose.Provenance && s.PublicKey.Hint == line.Hint)
        && !request.Attestations.Any(a => line.Message is { } message && message.Span.SequenceEqual(DsseEncoding.Encode(DsseEncoding.InTotoType, a.Span)));

    private static bool IsBy(SignatureLine line, IKeySigner signer, ReadOnlySpan<byte> statement) =>
        line.Hint == signer.PublicKey.Hint
        && line.Message is { } message
        && message.Span.SequenceEqual(DsseEncoding.Encode(DsseEncoding.InTotoType, statement))
        && signer.PublicKey.Verify(message.Span, line.Signature.Span);
}
