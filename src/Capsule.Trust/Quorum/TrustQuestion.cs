using Capsule.Core.Plans;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Quorum;

/// <summary>Why a person must decide.</summary>
public enum TrustReason
{
    /// <summary>No rule, and nobody signed.</summary>
    Unsigned,

    /// <summary>No rule, and keys signed that are seen for the first time.</summary>
    UnknownSigners,

    /// <summary>No rule, and not everyone signed who signed when the package was first accepted.</summary>
    SignersChanged,
}

/// <summary>What to show before asking; the default answer is No, and Yes pins the signers.</summary>
/// <param name="Reason">Why there is a question.</param>
/// <param name="Package">Scope, name, version, family, identity.</param>
/// <param name="Signers">Keys whose signatures verify.</param>
/// <param name="Missing">Pinned keys that did not sign.</param>
public sealed record TrustQuestion(
    TrustReason Reason, PackageReference Package, IReadOnlyList<PublicKey> Signers, IReadOnlyList<PublicKey> Missing);
