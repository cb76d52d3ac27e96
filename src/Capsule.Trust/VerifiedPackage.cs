using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Quorum;

namespace Capsule.Trust;

/// <summary>A package that may be installed and run, and why.</summary>
public sealed record VerifiedPackage
{
    public required PackageReference Package { get; init; }

    public required TrustBasis Basis { get; init; }

    /// <summary>Names of the signers that counted, where a trust file knows them.</summary>
    public IReadOnlyList<string> Signers { get; init; } = [];

    /// <summary>Keys whose release lines verify.</summary>
    public IReadOnlyList<PublicKey> Keys { get; init; } = [];

    /// <summary>Provenance and SBOM lines that verify; they had no part in the decision.</summary>
    public IReadOnlyList<VerifiedAttestation> Attestations { get; init; } = [];

    /// <summary>True when no rule covers it: then it never gets host network, GPU or unsafe mode.</summary>
    public bool IsFirstUse => Basis != TrustBasis.Policy;

    /// <summary>The state with this package in it, or CAP3134 when it knows other contents.</summary>
    internal Result<TrustState> Remember(TrustState state)
    {
        var name = $"{Package.Scope}/{Package.Name}";
        var version = PackageVersion.TryParse(Package.Version, out var parsed) ? parsed : throw new InvalidOperationException("It was not verified.");
        var before = state.Packages.GetValueOrDefault(name);
        if (before?.Identities.GetValueOrDefault(version.Text) is { } known && known != Package.Identity)
        {
            return VerdictDiagnostics.IdentityChanged.Now($"{name}@{version.Text}", known, Package.Identity);
        }

        var memory = new PackageMemory(
            before is not null && before.Highest.CompareTo(version) >= 0 ? before.Highest : version,
            new Dictionary<string, string>(before?.Identities ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [version.Text] = Package.Identity! },
            Basis == TrustBasis.Consent && Keys.Count > 0 ? Keys : before?.Pins ?? []);
        return state with { Packages = new Dictionary<string, PackageMemory>(state.Packages, StringComparer.Ordinal) { [name] = memory } };
    }
}
