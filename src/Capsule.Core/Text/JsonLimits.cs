namespace Capsule.Core.Text;

/// <summary>What one JSON document may cost, whatever its size.</summary>
public static class JsonLimits
{
    public const int Depth = 64;

    public const int Nodes = 100_000;
}
