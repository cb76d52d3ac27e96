namespace Capsule.Families.Kits.Composition;

/// <summary>What a user gave for a run by names, of which those with dots are a dependency's.</summary>
internal static class Given
{
    /// <summary>Without those of a dependency.</summary>
    public static Dictionary<string, string> Own(IReadOnlyDictionary<string, string> given, IEnumerable<string> dependencies)
    {
        string[] prefixes = [.. dependencies.Select(d => d + ".")];
        return given.Where(g => !prefixes.Any(p => g.Key.StartsWith(p, StringComparison.Ordinal))).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>A dependency's, by the names that they have there.</summary>
    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, string> given, string dependency) => given
        .Where(g => g.Key.StartsWith(dependency + ".", StringComparison.Ordinal))
        .ToDictionary(g => g.Key[(dependency.Length + 1)..], g => g.Value, StringComparer.Ordinal);
}
