using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;
using Capsule.Trust.Algorithms;

namespace Capsule.Operations.Atoms;

/// <summary>Judges the envelopes of an atom's signatures (specs: atoms 16.1).</summary>
internal sealed class AtomEnvelopeCheck
{
    private static readonly byte[] Context = Encoding.UTF8.GetBytes(EnvelopeRecord.Context);

    private readonly AtomManifest _atom;
    private readonly string? _filesDigest;

    private AtomEnvelopeCheck(AtomManifest atom, string? filesDigest) => (_atom, _filesDigest) = (atom, filesDigest);

    /// <summary>Reads the files once more, unless no signature has an envelope (CAP0808, CAP0816).</summary>
    public static Result<AtomEnvelopeCheck> Of(AtomCatalog catalog, AtomManifest atom, AtomFiles files, CancellationToken cancel)
    {
        if (atom.Signatures.All(s => s.Envelope is null))
        {
            return new AtomEnvelopeCheck(atom, null);
        }

        var digest = FilesDigest.Of(catalog, atom, files, cancel);
        return digest.Succeeded ? new AtomEnvelopeCheck(atom, digest.Value) : Result.Failed<AtomEnvelopeCheck>(digest.Diagnostics);
    }

    public bool Fits(AtomSignature block, PublicKey key) =>
        _atom.Lifecycle is { } lifecycle && Fits(block, key, lifecycle.Value);

    /// <summary>The other lifecycle that an envelope fits; null when none does.</summary>
    public string? FindLifecycle(AtomSignature block, PublicKey key) => AtomNames.Lifecycles.FirstOrDefault(l => Fits(block, key, l));

    private bool Fits(AtomSignature block, PublicKey key, string lifecycle) =>
        _filesDigest is not null && block.SignedAt is { } time && block.Envelope is { } envelope
        && SignatureText.Decode(envelope) is { } signature
        && EnvelopeRecord.Write(_atom, lifecycle, _filesDigest, block.KeyId, time) is { } record
        && key.VerifyInContext(record, Context, signature);
}
