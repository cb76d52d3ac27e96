using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Model;
using Capsule.Families.Atoms.Rules;
using Capsule.Trust.Keys;

namespace Capsule.Operations.Atoms;

/// <summary>Makes signatures of atoms in memory; nothing here writes a file.</summary>
internal static class AtomSigner
{
    /// <summary>Every signer checks its signature before it gives it out; this is what it says when that fails.</summary>
    private const string DoesNotVerify = "CAP3214";

    /// <summary>The registered key of an id, when it may sign now (CAP0841 to CAP0843, CAP0846).</summary>
    public static Result<AtomKey> FindKey(AtomSession session, string id)
    {
        var (catalog, now) = (session.Catalog, session.Call.Now);
        if (catalog.FindKey(id) is not { } key)
        {
            return AtomSigningDiagnostics.NotRegistered.At(catalog.Place, $"The key '{id}' is not registered in ATOMS.yml.", Spelling.Suggest(id, [.. catalog.Keys.Select(k => k.Id)], "Registered"));
        }

        if (key.Revoked)
        {
            return AtomSigningDiagnostics.Revoked.At(key.Place, id, key.RevocationReason is { } reason ? $" ({reason})" : "");
        }

        if (key.ExpiresAt < now)
        {
            return AtomSigningDiagnostics.Expired.At(key.Place, id, $"expired since {Rfc3339.Write(key.ExpiresAt.Value)}", Rfc3339.Write(now));
        }

        if (key.CreatedAt > now)
        {
            return AtomSigningDiagnostics.Expired.At(key.Place, id, $"not valid before {Rfc3339.Write(key.CreatedAt.Value)}", Rfc3339.Write(now));
        }

        if (!catalog.AcceptedAlgorithms.Contains(key.Algorithm))
        {
            return AtomSigningDiagnostics.AlgorithmNotAccepted.At(key.Place, id, key.Algorithm.ToUpperInvariant(), string.Join(", ", catalog.AcceptedAlgorithms));
        }

        return catalog.RequiredAlgorithms.Count == 0 || catalog.RequiredAlgorithms.Contains(key.Algorithm)
            ? key
            : Result.Of(key, [AtomSigningDiagnostics.AlgorithmNotRequired.At(key.Place, id, string.Join(", ", catalog.RequiredAlgorithms), key.Algorithm)]);
    }

    /// <summary>The text with one more signature and its envelope, both checked with the key's public half (CAP0845, CAP0848; with a warning CAP0839).</summary>
    public static async Task<Result<TomlEditor>> SignAsync(
        AtomSession session, AtomReport report, TomlEditor text, AtomKey key, AtomSigning signing, CancellationToken cancel)
    {
        var bytes = HashCheck.Message(session.Catalog, report.Manifest!, report.Files, cancel);
        var message = bytes.Succeeded ? SigningMessage.Native(bytes.Value) : Result.Failed<SigningMessage>(bytes.Diagnostics);
        var envelope = message.Succeeded ? Envelope(session, report, text, key, cancel) : message;
        if (!envelope.Succeeded)
        {
            return Result.Failed<TomlEditor>(envelope.Diagnostics);
        }

        var opened = await AtomBackends.OpenAsync(session, key, signing, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<TomlEditor>(opened.Diagnostics);
        }

        using var signer = opened.Value;
        if (signer.PublicKey.Algorithm.Name != key.Algorithm || AtomKeys.Fingerprint(signer.PublicKey) != key.Fingerprint)
        {
            return AtomBackends.Failed(key, "it is another key than the registered one.", "Correct 'backend_ref' in ATOMS.yml, or the fingerprint.");
        }

        var open = signer.KnowsContexts ? [] : (Diagnostic[])[AtomSigningDiagnostics.NoEnvelopeMade.At(key.Place, key.Id)];
        if (open.Length > 0 && session.Catalog.RequiresEnvelope)
        {
            return open[0] with { Severity = Severity.Error };
        }

        var signature = await SignAsync(signer, key, message.Value!, signing, cancel);
        var bound = signature.Succeeded && signer.KnowsContexts ? await SignAsync(signer, key, envelope.Value, signing, cancel) : signature;
        if (!bound.Succeeded)
        {
            return Result.Failed<TomlEditor>(bound.Diagnostics);
        }

        var edited = AtomEdits.Sign(text, Block(session, key, signer, signature.Value!) with { Envelope = signer.KnowsContexts ? Convert.ToBase64String(bound.Value) : null });
        return new Result<TomlEditor>(edited.Value, [.. edited.Diagnostics, .. open]);
    }

    /// <summary>The record that the envelope is over: of the atom as the text says it.</summary>
    private static Result<SigningMessage> Envelope(AtomSession session, AtomReport report, TomlEditor text, AtomKey key, CancellationToken cancel)
    {
        var problems = new List<Diagnostic>();
        var files = FilesDigest.Of(session.Catalog, report.Manifest!, report.Files, cancel);
        if (!files.Succeeded || AtomReader.Read(text.Source, report.Manifest!.Reference?.Class, problems) is not { } atom)
        {
            return Result.Failed<SigningMessage>([.. files.Diagnostics, .. problems]);
        }

        return EnvelopeRecord.Write(atom, files.Value, key.Id, Rfc3339.Write(session.Call.Now)) is { } record
            ? SigningMessage.InContext(EnvelopeRecord.Context, record)
            : AtomDiagnostics.Malformed.At(atom.Source.Whole, "content_hash", "64 hex digits", "none");
    }

    private static async Task<Result<byte[]>> SignAsync(IKeySigner signer, AtomKey key, SigningMessage message, AtomSigning signing, CancellationToken cancel)
    {
        var signature = await signer.SignAsync(signing.Deterministic ? message.WithoutRandomness() : message, cancel);
        return signature.Succeeded ? signature
            : signature.Diagnostics[0].Code == DoesNotVerify ? AtomSigningDiagnostics.SelfCheck.At(key.Place, key.Id)
            : AtomBackends.Failed(key, signature.Diagnostics[0]);
    }

    private static AtomSignature Block(AtomSession session, AtomKey key, IKeySigner signer, byte[] signature) => new()
    {
        KeyId = key.Id,
        Algorithm = key.Algorithm.ToUpperInvariant(),
        Fingerprint = key.Fingerprint,
        SignedAt = Rfc3339.Write(session.Call.Now),
        Value = Convert.ToBase64String(signature),

        // A reader has to find the key somewhere.
        PublicKey = AtomPublicKey.Find(key, null) is null ? signer.PublicKey.SpkiBase64 : null,
        Rule = session.Catalog.Canonicalization == CanonicalRules.RawAsset ? CanonicalRules.RawAsset : null,
        Place = key.Place,
    };
}
