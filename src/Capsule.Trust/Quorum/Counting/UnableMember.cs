namespace Capsule.Trust.Quorum.Counting;

/// <summary>A member of a role that can never count there.</summary>
/// <param name="Name">The member.</param>
/// <param name="Why">The worst of what stands in the way; null when the member has no key.</param>
public sealed record UnableMember(string Name, KeyStanding? Why);
