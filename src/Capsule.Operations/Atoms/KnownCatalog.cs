namespace Capsule.Operations.Atoms;

/// <summary><c>[catalogs.NAME]</c>: where another catalog is.</summary>
/// <param name="Root">Its folder, absolute; null when it is only on the network.</param>
/// <param name="Domain">Its host; null for the default.</param>
public sealed record KnownCatalog(string? Root, string? Domain);
