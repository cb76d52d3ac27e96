using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Quorum;

/// <summary>The package at hand, complete and comparable.</summary>
internal sealed record PackageFacts(string Family, string Scope, string Name, PackageVersion Version, string Identity, string? Feed, DateTimeOffset Now)
{
    /// <summary><c>scope/name</c>.</summary>
    public string Package => $"{Scope}/{Name}";

    /// <summary><c>scope/name@version</c>, for messages.</summary>
    public string Title => $"{Package}@{Version.Text}";

    public ReleaseClaim Claim => new(Identity, Family, PackageUrl.For(Scope, Name, Version.Text));

    /// <summary>CAP3010 when something is missing, CAP3144 when the version is none.</summary>
    public static Result<PackageFacts> From(PackageReference package, string? feed, DateTimeOffset now)
    {
        if (package is not { Scope: { } scope, Version: { } text, Identity: { } identity } || !TreeIdentity.Digest(identity).Succeeded)
        {
            return EnvelopeDiagnostics.PackageIncomplete.Now(package.Name);
        }

        return PackageVersion.TryParse(text, out var version)
            ? new PackageFacts(package.Family, scope, package.Name, version, identity, feed, now)
            : VerdictDiagnostics.VersionMalformed.Now(text);
    }
}
