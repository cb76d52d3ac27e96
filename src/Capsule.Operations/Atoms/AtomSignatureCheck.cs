using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Operations.Atoms;

/// <summary>Judges the signatures of an atom, each for itself (specs: atoms 7.3). Asks no network and no backend.</summary>
/// <param name="catalog">Whose keys count.</param>
/// <param name="message">The canonical bytes.</param>
/// <param name="envelopes">Judges envelopes.</param>
/// <param name="strict">A key whose time is over now counts no more.</param>
/// <param name="now">The present time.</param>
internal sealed class AtomSignatureCheck(AtomCatalog catalog, byte[] message, AtomEnvelopeCheck envelopes, bool strict, DateTimeOffset now)
{
    // No signer of ours makes a native signature over what could pass as an envelope.
    private readonly bool _isNative = SigningMessage.Native(message).Succeeded;

    public AtomSignatureResult Judge(AtomSignature block)
    {
        var key = catalog.FindKey(block.KeyId);
        var status = Status(block, key);
        return new AtomSignatureResult(block.KeyId, key?.Role, block.Algorithm, status, key?.Fingerprint)
        {
            HasEnvelope = block.Envelope is not null,
            MadeFor = status == AtomSignatureStatus.EnvelopeInvalid ? envelopes.FindLifecycle(block, AtomPublicKey.Find(key!, block)!) : null,
        };
    }

    private AtomSignatureStatus Status(AtomSignature block, AtomKey? key)
    {
        if (Read(block) is not { } read)
        {
            return AtomSignatureStatus.Malformed;
        }

        if (key is null)
        {
            return AtomSignatureStatus.UnknownKey;
        }

        if (read.Algorithm != key.Algorithm)
        {
            return AtomSignatureStatus.AlgorithmMismatch;
        }

        if (!catalog.AcceptedAlgorithms.Contains(key.Algorithm))
        {
            return AtomSignatureStatus.AlgorithmNotAccepted;
        }

        if (block.Fingerprint != key.Fingerprint)
        {
            return AtomSignatureStatus.FingerprintMismatch;
        }

        if (AtomPublicKey.Find(key, block) is not { } publicKey)
        {
            return AtomSignatureStatus.NoPublicKey;
        }

        if (key.Revoked)
        {
            return AtomSignatureStatus.Revoked;
        }

        if (key.ExpiresAt is { } end && (read.SignedAt > end || (strict && now > end)))
        {
            return AtomSignatureStatus.Expired;
        }

        return !_isNative || !publicKey.Verify(message, read.Value) ? AtomSignatureStatus.Invalid
            : block.Envelope is null ? catalog.RequiresEnvelope ? AtomSignatureStatus.EnvelopeMissing : AtomSignatureStatus.Valid
            : envelopes.Fits(block, publicKey) ? AtomSignatureStatus.Valid
            : AtomSignatureStatus.EnvelopeInvalid;
    }

    /// <summary>Null when a field is missing or has a wrong form.</summary>
    private static (string Algorithm, DateTimeOffset SignedAt, byte[] Value)? Read(AtomSignature block)
    {
        var algorithm = block.Algorithm?.ToLowerInvariant();
        return algorithm is not null && AtomNames.Algorithms.Contains(algorithm)
            && block.Fingerprint is { Length: 64 } fingerprint && fingerprint.All(char.IsAsciiHexDigitLower)
            && block.SignedAt is { } time && Rfc3339.Read(time) is { } signedAt
            && block.Value is { } value && SignatureText.Decode(value) is { } bytes && bytes.Length == LengthOf(algorithm)
            && (block.Envelope is not { } envelope || SignatureText.Decode(envelope)?.Length == LengthOf(algorithm))
            && SignatureAlgorithms.Find(algorithm) is not null
                ? (algorithm, signedAt, bytes)
                : null;
    }

    /// <summary>Bytes of a signature of FIPS 204.</summary>
    private static int LengthOf(string algorithm) => algorithm switch
    {
        "ml-dsa-44" => 2420,
        "ml-dsa-65" => 3309,
        _ => 4627,
    };
}
