using System.Diagnostics.CodeAnalysis;

namespace Capsule.Trust.Quorum;

/// <summary>A version in the order of semver.org 2.0.0, clause 11; build metadata does not count. Numbers may be of any length.</summary>
public sealed class PackageVersion : IComparable<PackageVersion>
{
    private readonly string[] _core;
    private readonly string[] _prerelease;

    private PackageVersion(string text, string[] core, string[] prerelease) => (Text, _core, _prerelease) = (text, core, prerelease);

    /// <summary>As written.</summary>
    public string Text { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out PackageVersion? version)
    {
        version = null;
        if (text is null or { Length: > 256 })
        {
            return false;
        }

        var build = text.Split('+', 2);
        var parts = build[0].Split('-', 2);
        var core = parts[0].Split('.');
        string[] prerelease = parts.Length == 2 ? parts[1].Split('.') : [];
        if (core.Length != 3 || !core.All(IsNumber)
            || !prerelease.All(p => IsIdentifier(p) && (!p.All(char.IsAsciiDigit) || IsNumber(p)))
            || (build.Length == 2 && !build[1].Split('.').All(IsIdentifier)))
        {
            return false;
        }

        version = new PackageVersion(text, core, prerelease);
        return true;
    }

    public int CompareTo(PackageVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = _core.Zip(other._core, CompareNumbers).FirstOrDefault(o => o != 0);
        if (order != 0 || (_prerelease.Length == 0 && other._prerelease.Length == 0))
        {
            return order;
        }

        if (_prerelease.Length == 0 || other._prerelease.Length == 0)
        {
            return _prerelease.Length == 0 ? 1 : -1;
        }

        order = _prerelease.Zip(other._prerelease, CompareIdentifiers).FirstOrDefault(o => o != 0);
        return order != 0 ? order : _prerelease.Length.CompareTo(other._prerelease.Length);
    }

    public override string ToString() => Text;

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');

    private static bool IsIdentifier(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static int CompareNumbers(string left, string right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : Math.Sign(string.CompareOrdinal(left, right));

    private static int CompareIdentifiers(string left, string right) => (left.All(char.IsAsciiDigit), right.All(char.IsAsciiDigit)) switch
    {
        (true, true) => CompareNumbers(left, right),
        (true, false) => -1,
        (false, true) => 1,
        _ => Math.Sign(string.CompareOrdinal(left, right)),
    };
}
