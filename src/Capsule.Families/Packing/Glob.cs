namespace Capsule.Families.Packing;

/// <summary>
/// A file pattern. <c>/</c> separates; <c>*</c> stands for any characters within a name, <c>?</c> for one, <c>**</c> as a
/// whole segment for any number of folders, none included. Nothing else is special. A pattern without <c>/</c> applies
/// to names at any depth; one with a <c>/</c>, leading or inner, is relative to the project folder. A pattern that
/// matches a folder matches all that lies below it. Case counts.
/// </summary>
public sealed class Glob
{
    private const string AnyFolders = "**";
    private readonly string[] _segments;

    private Glob(string text, string[] segments)
    {
        Text = text;
        _segments = segments;
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>True when the last segment holds more than wildcards, so that the pattern means certain names.</summary>
    public bool NamesFiles => _segments[^1].Trim('*', '?').Length > 0;

    /// <summary>Reads a pattern; null when it is empty, or climbs out of the project folder.</summary>
    public static Glob? Parse(string text)
    {
        var trimmed = text.Trim('/');
        var segments = trimmed.Split('/');
        if (segments.Any(s => s is "" or "." or ".."))
        {
            return null;
        }

        var anywhere = segments.Length == 1 && !text.StartsWith('/') && segments[0] != AnyFolders;
        return new Glob(text, anywhere ? [AnyFolders, .. segments] : segments);
    }

    /// <summary>True when the pattern matches exactly this path.</summary>
    public bool Matches(string path) => Matches(_segments, path.Split('/'));

    /// <summary>True when the pattern matches the path or a folder above it.</summary>
    public bool Covers(string path)
    {
        var parts = path.Split('/');
        for (var length = 1; length <= parts.Length; length++)
        {
            if (Matches(_segments, parts.AsSpan(0, length)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the pattern may match something below this folder.</summary>
    public bool ReachesInto(string folder) => Leads(folder, throughAnyFolders: true);

    /// <summary>True when the pattern names this folder on its way down: its leading segments match without <c>**</c>.</summary>
    public bool Names(string folder) => Leads(folder, throughAnyFolders: false);

    private bool Leads(string folder, bool throughAnyFolders)
    {
        var parts = folder.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i < _segments.Length && _segments[i] == AnyFolders)
            {
                return throughAnyFolders;
            }

            if (i >= _segments.Length || !MatchesName(_segments[i], parts[i]))
            {
                return false;
            }
        }

        return true;
    }

    // Both loops step back only to the latest wildcard, so a hostile pattern costs a product, never an exponent.
    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        int at = 0, i = 0, backPattern = -1, backPath = 0;
        while (i < path.Length)
        {
            if (at < pattern.Length && pattern[at] == AnyFolders)
            {
                backPattern = at++;
                backPath = i;
            }
            else if (at < pattern.Length && MatchesName(pattern[at], path[i]))
            {
                at++;
                i++;
            }
            else if (backPattern >= 0)
            {
                at = backPattern + 1;
                i = ++backPath;
            }
            else
            {
                return false;
            }
        }

        return at == pattern.Length || pattern[at..].IndexOfAnyExcept(AnyFolders) < 0;
    }

    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int at = 0, i = 0, backPattern = -1, backName = 0;
        while (i < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                backPattern = at++;
                backName = i;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == name[i]))
            {
                at++;
                i++;
            }
            else if (backPattern >= 0)
            {
                at = backPattern + 1;
                i = ++backName;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept('*') < 0;
    }
}
