using Capsule.Core.Identity;

namespace Capsule.Packaging.Containers;

/// <summary>Signatures that a family keeps inside its manifest (an atom's tables): a container carries them beside the manifest, an unpacked folder beside the tree document.</summary>
public static class NativeSignatures
{
    /// <summary>The attachment's name.</summary>
    public const string Name = "native-signatures";

    /// <summary>Its place in an unpacked folder.</summary>
    public const string Path = $"{TreePath.ReservedFolder}/{Name}";

    /// <summary>Bytes at most: 1 MiB.</summary>
    public const int Limit = 1 << 20;
}
