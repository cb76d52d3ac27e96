using System.Net;

namespace Capsule.Runtime.Network;

/// <summary>What the policy says about one destination.</summary>
/// <param name="Addresses">Those to dial, in this order; no other lookup counts.</param>
/// <param name="Refusal">Why there are none; null when it is allowed.</param>
/// <param name="Grantable">True when a line of the manifest would allow it.</param>
internal sealed record EgressVerdict(IReadOnlyList<IPAddress> Addresses, string? Refusal = null, bool Grantable = false)
{
    public static EgressVerdict Refused(string refusal, bool grantable = false) => new([], refusal, grantable);
}
