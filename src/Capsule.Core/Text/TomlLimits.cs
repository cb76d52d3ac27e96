namespace Capsule.Core.Text;

/// <summary>What one TOML document may cost, whatever its size.</summary>
public static class TomlLimits
{
    /// <summary>Levels of tables and lists, however they are written: headers, dotted keys, brackets.</summary>
    public const int Depth = 64;

    /// <summary>Values and tables in the document.</summary>
    public const int Nodes = 100_000;
}
