namespace Capsule.Distribution.Release;

/// <summary>A container to sign.</summary>
/// <param name="Container">The file that <see cref="PackageAssembler"/> made.</param>
/// <param name="Signatures">The file that gets the lines, whole or not at all.</param>
/// <param name="Signers">Release keys sign the release, each in its role; provenance keys its provenance and SBOM. The caller disposes them.</param>
public sealed record SignContainerRequest(string Container, string Signatures, IReadOnlyList<RoleSigner> Signers)
{
    /// <summary>The file with lines that stay, as far as they are about these contents; it need not exist. Null: what lies beside the container.</summary>
    public string? Existing { get; init; }

    /// <summary>The publisher where the container states none.</summary>
    public string? Publisher { get; init; }

    /// <summary>The version where the container states none.</summary>
    public string? Version { get; init; }

    /// <summary>How long another process may be at the same signatures: a signer command has a minute for each key.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);
}
