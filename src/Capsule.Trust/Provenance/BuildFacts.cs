using Capsule.Core.Identity;
using Capsule.Core.Plans;

namespace Capsule.Trust.Provenance;

/// <summary>
/// What is said about a build. Equal facts give equal documents: there is no clock, no path of the machine and no user in them.
/// </summary>
public sealed record BuildFacts
{
    public const string LocalBuilder = "urn:capsule:builder:local";

    /// <summary>Family and name; scope and version where they are known.</summary>
    public required PackageReference Package { get; init; }

    /// <summary>The finished tree.</summary>
    public required TreeDocument Tree { get; init; }

    /// <summary>The manifest's path in the tree.</summary>
    public required string Manifest { get; init; }

    /// <summary>SPDX expression, as the manifest writes it.</summary>
    public string? License { get; init; }

    /// <summary>What the user chose: target, options. Never a secret.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Locked toolchains and dependencies, the SDK.</summary>
    public IReadOnlyList<Material> Materials { get; init; } = [];

    /// <summary>The versions on which the container's bytes depend: capsule, the .NET runtime, libzstd.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>URI of who ran the build; a CI system states its own.</summary>
    public string BuilderId { get; init; } = LocalBuilder;

    /// <summary>SOURCE_DATE_EPOCH; null when it is not set.</summary>
    public DateTimeOffset? Time { get; init; }

    internal string? Purl => Package is { Scope: { } scope, Version: { } version } ? Envelopes.PackageUrl.For(scope, Package.Name, version) : null;

    internal static string TimeText(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
