namespace Capsule.Trust.Keys;

/// <summary>The line <c>purpose: NAME</c> above a PEM block; PEM readers skip it.</summary>
internal static class PurposeLine
{
    private const string Start = "purpose:";

    /// <summary>True when the text states a purpose, known or not.</summary>
    public static bool IsIn(string preamble) => preamble.Split('\n').Any(line => line.StartsWith(Start, StringComparison.Ordinal));

    /// <summary>The one purpose that the text states; null when it states none, an unknown one or several.</summary>
    public static KeyPurpose? Find(string preamble)
    {
        var found = preamble.Split('\n')
            .Where(line => line.StartsWith(Start, StringComparison.Ordinal))
            .Select(line => line[Start.Length..].Trim())
            .ToArray();
        return found is [var name] && KeyPurposes.ByName.TryGetValue(name, out var purpose) ? purpose : null;
    }
}
