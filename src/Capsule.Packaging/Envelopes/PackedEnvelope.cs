namespace Capsule.Packaging.Envelopes;

/// <summary>A NuGet package that was written.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Id"><c>publisher.slug</c>.</param>
/// <param name="Version">Semantic version.</param>
/// <param name="Identity">Of the tree inside.</param>
public sealed record PackedEnvelope(string Path, string Id, string Version, string Identity);
