using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>
/// <c>egress_allow</c>, a key of ours: the hosts that network <c>full</c> is narrowed to. An entry is what <see cref="EgressHost"/> reads, or
/// <see cref="Registry"/>.
/// </summary>
/// <param name="Path">The key.</param>
/// <param name="Span">The key's place.</param>
/// <param name="Hosts">The entries.</param>
public sealed record EgressList(FieldPath Path, SourceSpan Span, IReadOnlyList<Field<string>> Hosts)
{
    /// <summary>The package registry that the npm settings of the machine name.</summary>
    public const string Registry = "registry";
}
