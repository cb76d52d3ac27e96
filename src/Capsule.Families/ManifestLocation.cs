namespace Capsule.Families;

/// <summary>A manifest and the family it belongs to.</summary>
/// <param name="Family">The family whose manifest this is.</param>
/// <param name="ManifestPath">Absolute path.</param>
public sealed record ManifestLocation(IFamily Family, string ManifestPath);
