using Capsule.Trust.Keys;

namespace Capsule.Trust.Quorum.Registry;

/// <summary>A key that follows another.</summary>
/// <param name="Old">The key that is registered.</param>
/// <param name="New">The key that takes its place, of the same purpose.</param>
/// <param name="NewId">How its owner calls the new one.</param>
/// <param name="Reason">Why the old one is revoked, for people.</param>
/// <param name="Until">Until when the old one still counts beside the new one; null revokes it now.</param>
public sealed record KeyRotation(KeyName Old, KnownKey New, string NewId, string Reason, DateTimeOffset? Until);
