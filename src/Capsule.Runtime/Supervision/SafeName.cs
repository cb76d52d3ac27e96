namespace Capsule.Runtime.Supervision;

/// <summary>A name from a manifest as one component of a path of ours.</summary>
internal static class SafeName
{
    private const int Longest = 60;

    public static string Of(string name)
    {
        var safe = string.Concat(name.Take(Longest).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
        return safe.Length == 0 ? "package" : safe;
    }
}
