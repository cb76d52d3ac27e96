namespace Capsule.Core.Text;

/// <summary>
/// What one YAML document may cost. A few hundred bytes of aliases can stand for billions of values ("billion laughs"),
/// so what counts is the document with every alias written out.
/// </summary>
public static class YamlLimits
{
    public const int Depth = 64;

    public const int Nodes = 100_000;

    public const int Characters = 8 * 1024 * 1024;

    /// <summary>Problems after which reading stops.</summary>
    public const int Problems = 100;
}
