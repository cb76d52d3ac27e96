using Capsule.Core.Identity;

namespace Capsule.Packaging.Containers;

/// <summary>A container that was written.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Info">What it says about itself.</param>
/// <param name="Tree">What it contains.</param>
/// <param name="Sha256">Digest of the container, 64 lower-case hex digits.</param>
/// <param name="Size">Bytes of the container.</param>
public sealed record PackedPackage(string Path, PackageInfo Info, TreeDocument Tree, string Sha256, long Size)
{
    public string Identity => Tree.Identity;
}
