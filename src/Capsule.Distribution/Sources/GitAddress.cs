using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;

namespace Capsule.Distribution.Sources;

/// <summary>
/// Which repositories a manifest may name. Git itself also takes folders, programs (<c>ext::</c>) and options in their place, and a
/// manifest is written by a stranger.
/// </summary>
public static partial class GitAddress
{
    private const int Longest = 2048;

    /// <summary>The address as it is, or why it is refused (CAP4300).</summary>
    public static Result<string> Check(string address) => Problem(address) is { } problem ? SourceDiagnostics.AddressRefused.Now(Shown(address), problem) : address;

    /// <summary>The name of a branch, a tag or a commit, or why it is refused (CAP4301).</summary>
    public static Result<string> CheckRef(string name) =>
        name.Length is 0 or > 255 || name[0] is '-' or '/' or '.' || name[^1] is '/' or '.' || name.EndsWith(".lock", StringComparison.Ordinal)
        || name.Contains("..", StringComparison.Ordinal) || name.Contains("//", StringComparison.Ordinal) || name.Contains("@{", StringComparison.Ordinal)
        || name.Any(c => c is <= ' ' or '\x7f' or ':' or '^' or '~' or '?' or '*' or '[' or '\\')
            ? SourceDiagnostics.RefRefused.Now(Shown(name))
            : name;

    /// <summary>True for a whole commit in hex.</summary>
    public static bool IsCommit(string name) => Commit().IsMatch(name);

    private static string? Problem(string address)
    {
        if (address.Length > Longest || address.Any(c => c is <= ' ' or '\x7f'))
        {
            return "it is too long or has characters that no address has";
        }

        if (ShortSsh().IsMatch(address))
        {
            return null;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.IsFile || !address.Contains("://", StringComparison.Ordinal))
        {
            return "it is a folder or no address";
        }

        var plain = uri.Scheme is "http" or "git";
        return uri.Scheme is not ("https" or "ssh" or "http" or "git") ? $"'{uri.Scheme}' is not fetched"
            : uri.Host.Length == 0 || uri.Host[0] == '-' ? "it names no host"
            : plain && !uri.IsLoopback ? $"nobody can tell over '{uri.Scheme}' who answers"
            : uri.UserInfo.Contains(':', StringComparison.Ordinal) || (uri.UserInfo.Length > 0 && uri.Scheme != "ssh") ? "it contains a name or a password, which everybody who has the package would see"
            : uri.UserInfo.StartsWith('-') ? "its user starts with '-'"
            : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "it has a query or a fragment"
            : null;
    }

    private static string Shown(string text) => TerminalText.Line(text.Length > 200 ? text[..200] + "…" : text);

    [GeneratedRegex(@"\A([0-9a-f]{40}|[0-9a-f]{64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:(?!/?-)[^:]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ShortSsh();
}
