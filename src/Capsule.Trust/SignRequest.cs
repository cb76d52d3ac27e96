using Capsule.Core.Plans;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Trust;

/// <summary>What to sign, with which keys.</summary>
public sealed record SignRequest
{
    /// <summary>Family, scope, name, version and identity must all be there.</summary>
    public required PackageReference Package { get; init; }

    /// <summary>Release keys sign the release; provenance keys sign <see cref="Attestations"/>. The caller disposes them.</summary>
    public required IReadOnlyList<IKeySigner> Signers { get; init; }

    /// <summary>The role in which the release is signed.</summary>
    public string Role { get; init; } = ReleasePredicate.DefaultRole;

    /// <summary>Lines that are there already. Those of this identity are kept, and a key that has signed is not asked again.</summary>
    public SignatureLines Existing { get; init; } = SignatureLines.None;

    /// <summary>
    /// Statements beside the release (<see cref="Provenance.PackageAttestations"/>); each becomes a line of its own and replaces
    /// what the same key said before.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Attestations { get; init; } = [];
}
