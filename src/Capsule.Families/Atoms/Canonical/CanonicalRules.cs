namespace Capsule.Families.Atoms.Canonical;

/// <summary>The names of the rules that make canonical bytes of an atom's files (specs: atoms 5.3).</summary>
public static class CanonicalRules
{
    /// <summary>All files, in path order, with line ends, byte order mark and final line end made equal.</summary>
    public const string Canonical = "atoms-canon/1";

    /// <summary>The one file that the payload's <c>asset</c> names, as it is: the reference canonicalizer's rule.</summary>
    public const string RawAsset = "asset-raw";
}
