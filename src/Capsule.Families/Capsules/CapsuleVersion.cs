using System.Globalization;

namespace Capsule.Families.Capsules;

/// <summary>
/// Versions of capsules: three unsigned 32-bit numbers and an optional pre-release label. The label follows semantic
/// versioning, because every feed that could carry the package demands that.
/// </summary>
internal static class CapsuleVersion
{
    public static bool IsValid(string version)
    {
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        var numbers = (dash < 0 ? version : version[..dash]).Split('.');
        return numbers.Length == 3 && numbers.All(IsNumber) && (dash < 0 || version[(dash + 1)..].Split('.').All(IsLabel));
    }

    private static bool IsNumber(string text) =>
        IsWithoutLeadingZero(text) && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsLabel(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && (!text.All(char.IsAsciiDigit) || IsWithoutLeadingZero(text));

    private static bool IsWithoutLeadingZero(string text) => text.Length == 1 || !text.StartsWith('0');
}
