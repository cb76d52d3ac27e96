using System.Text;
using Capsule.Core.Plans;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Cosigning;

/// <summary>All that a co-signer on another machine needs, and nothing secret: what to sign, in which roles, and who may.</summary>
/// <param name="Package">Complete: family, scope, name, version and identity.</param>
/// <param name="Roles">At least one; each at most once.</param>
public sealed record CosignRequest(PackageReference Package, IReadOnlyList<CosignRole> Roles)
{
    /// <summary>The statement that a signature in a role is over, byte for byte.</summary>
    public string StatementFor(string role) => Encoding.UTF8.GetString(
        new ReleasePredicate(Package.Family, PackageUrl.For(Package.Scope!, Package.Name, Package.Version!), role).ToStatement(Package.Identity!));
}
