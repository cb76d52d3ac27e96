using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Distribution.Release;

/// <summary>A container to sign.</summary>
/// <param name="Container">The file that <see cref="PackageAssembler"/> made.</param>
/// <param name="Signatures">The file that gets the lines, whole or not at all.</param>
/// <param name="Signers">Release keys sign the release; provenance keys its provenance and SBOM. The caller disposes them.</param>
public sealed record SignContainerRequest(string Container, string Signatures, IReadOnlyList<IKeySigner> Signers)
{
    /// <summary>The file with lines that stay, as far as they are about these contents; it need not exist. Null: what lies beside the container.</summary>
    public string? Existing { get; init; }

    /// <summary>The publisher where the container states none.</summary>
    public string? Publisher { get; init; }

    /// <summary>The version where the container states none.</summary>
    public string? Version { get; init; }

    /// <summary>The role in which the release is signed.</summary>
    public string Role { get; init; } = ReleasePredicate.DefaultRole;
}
