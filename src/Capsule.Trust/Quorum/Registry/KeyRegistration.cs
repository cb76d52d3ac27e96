using Capsule.Trust.Keys;

namespace Capsule.Trust.Quorum.Registry;

/// <summary>A key to register.</summary>
/// <param name="Id">How its owner calls it; catalogs of atoms keep it.</param>
/// <param name="Key">The public half with its purpose.</param>
/// <param name="Signer">Who it belongs to; a signer that is there gets one more key.</param>
/// <param name="Role">The role it may speak in; null for the ordinary one.</param>
/// <param name="Scope">The packages it may speak about; null for none yet.</param>
public sealed record KeyRegistration(string Id, KnownKey Key, string Signer, string? Role, string? Scope);
