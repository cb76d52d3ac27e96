namespace Capsule.Packaging.Containers;

/// <summary>A generated member beside the payload, outside the identity, for example <c>sbom.spdx.json</c>.</summary>
/// <param name="Name">A plain file name; the member is <c>capsule/</c> and this.</param>
/// <param name="Content">Its bytes.</param>
public sealed record PackageAttachment(string Name, ReadOnlyMemory<byte> Content);
