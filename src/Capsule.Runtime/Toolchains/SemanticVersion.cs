using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Capsule.Runtime.Toolchains;

/// <summary>A version as npm orders them (semver.org 2.0.0, clause 11). Build metadata is dropped; a release has an empty prerelease.</summary>
internal sealed record SemanticVersion(int Major, int Minor, int Patch, string Prerelease) : IComparable<SemanticVersion>
{
    public bool IsRelease => Prerelease.Length == 0;

    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        var core = text.Split('+', 2)[0];
        var parts = core.Split('-', 2);
        var numbers = parts[0].Split('.');
        if (numbers.Length != 3
            || !TryNumber(numbers[0], out var major) || !TryNumber(numbers[1], out var minor) || !TryNumber(numbers[2], out var patch))
        {
            return false;
        }

        var prerelease = parts.Length == 2 ? parts[1] : "";
        if (parts.Length == 2 && !prerelease.Split('.').All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
        {
            return false;
        }

        version = new SemanticVersion(major, minor, patch, prerelease);
        return true;
    }

    internal static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var core = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return core != 0 ? core : ComparePrerelease(Prerelease, other.Prerelease);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}") + (IsRelease ? "" : "-" + Prerelease);

    private static int ComparePrerelease(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length) is var order && left.Length == right.Length ? 0 : order;
        }

        var ours = left.Split('.');
        var theirs = right.Split('.');
        for (var i = 0; i < Math.Min(ours.Length, theirs.Length); i++)
        {
            var order = (TryNumber(ours[i], out var a), TryNumber(theirs[i], out var b)) switch
            {
                (true, true) => a.CompareTo(b),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(ours[i], theirs[i]),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return ours.Length.CompareTo(theirs.Length);
    }
}
