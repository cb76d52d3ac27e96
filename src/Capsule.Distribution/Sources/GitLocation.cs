using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;

namespace Capsule.Distribution.Sources;

/// <summary>
/// How a user names a package that lies in a repository: <c>ADDRESS[#REF[:FOLDER]]</c>, or the address of a page of it as GitHub
/// (<c>/tree/REF/FOLDER</c>, <c>/blob/REF/FILE</c>) and GitLab (<c>/-/tree/REF/FOLDER</c>) show it. In a page's address a branch has no slash.
/// </summary>
/// <param name="Source">Which repository, and what of it.</param>
/// <param name="Folder">Where in it, with slashes; empty for its top.</param>
public sealed partial record GitLocation(GitSource Source, string Folder)
{
    private const string GitHub = "github.com";

    /// <summary>What it is called, whatever state of it is taken.</summary>
    public string Origin => Folder.Length == 0 ? Source.Url : $"{Source.Url}#:{Folder}";

    public override string ToString() => (Source.Ref, Folder) switch
    {
        (null, "") => Source.Url,
        ({ } name, "") => $"{Source.Url}#{name}",
        var (name, folder) => $"{Source.Url}#{name}:{folder}",
    };

    /// <summary>
    /// True for what cannot be meant as a path of this machine, even where a folder has that name: whoever writes an address must not run
    /// what happens to lie beside them.
    /// </summary>
    public static bool LooksLike(string text) => text.Contains("://", StringComparison.Ordinal) || AddressShape().IsMatch(text);

    /// <summary>True for an address of GitHub without https, as people copy it; a folder of that name comes first.</summary>
    public static bool LooksShort(string text) => text.StartsWith(GitHub + "/", StringComparison.Ordinal);

    /// <summary>The place, or why it is none (CAP4300, CAP4301, CAP4310, CAP4311).</summary>
    public static Result<GitLocation> Parse(string text)
    {
        var cut = text.IndexOf('#', StringComparison.Ordinal);
        var written = cut < 0 ? text : text[..cut];
        var page = OfPage(LooksShort(written) ? "https://" + written : written);
        if (cut >= 0 && page.Ref is not null)
        {
            return SourceDiagnostics.SaidTwice.Now(TreePath.Show(text));
        }

        var fragment = cut < 0 ? [] : text[(cut + 1)..].Split(':', 2);
        var name = page.Ref ?? (fragment is [{ Length: > 0 } before, ..] ? before : null);
        var folder = page.Ref is not null ? page.Folder : fragment is [_, var behind] ? behind.TrimEnd('/') : "";
        var address = GitAddress.Check(page.Address);
        var wanted = name is null ? Result.Of("") : GitAddress.CheckRef(name);
        if (!address.Succeeded || !wanted.Succeeded)
        {
            return Result.Failed<GitLocation>([.. address.Diagnostics, .. wanted.Diagnostics]);
        }

        return folder.Length > 0 && TreePath.Check(folder) is not null
            ? SourceDiagnostics.FolderRefused.Now(TreePath.Show(folder))
            : new GitLocation(new GitSource(address.Value, name), folder);
    }

    /// <summary>Its folder in what was fetched (CAP4312); a link on the way would lead to another one than the user named.</summary>
    public Result<string> FolderIn(FetchedSource fetched)
    {
        var path = fetched.Folder;
        foreach (var name in Folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, name);
            if (new DirectoryInfo(path) is not { Exists: true, LinkTarget: null })
            {
                return SourceDiagnostics.NoSuchFolder.Now(fetched.Commit, Source.Url, Folder);
            }
        }

        return path;
    }

    private static (string Address, string? Ref, string Folder) OfPage(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not "https")
        {
            return (address, null, "");
        }

        var isGitHub = uri.Host is GitHub or "www." + GitHub;
        var match = isGitHub ? GitHubPage().Match(uri.AbsolutePath) : GitLabPage().Match(uri.AbsolutePath);
        if (!match.Success || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
        {
            return (address.TrimEnd('/'), null, "");
        }

        var folder = match.Groups["folder"].Value;
        if (match.Groups["kind"].Value == "blob")
        {
            folder = folder.Contains('/', StringComparison.Ordinal) ? folder[..folder.LastIndexOf('/')] : "";
        }

        var repository = $"{uri.Scheme}://{(isGitHub ? GitHub : uri.Authority)}/{match.Groups["repository"].Value}";
        return (repository, match.Groups["ref"] is { Success: true } found ? Uri.UnescapeDataString(found.Value) : null, Uri.UnescapeDataString(folder.TrimEnd('/')));
    }

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9+.-]+:|[^/:]+@[^/:]+:)", RegexOptions.CultureInvariant)]
    private static partial Regex AddressShape();

    [GeneratedRegex(@"\A/(?<repository>[^/]+/[^/]+?)(?:\.git)?/?(?:/(?<kind>tree|blob)/(?<ref>[^/]+)(?:/(?<folder>.*))?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex GitHubPage();

    [GeneratedRegex(@"\A/(?<repository>.+?)/-/(?<kind>tree|blob)/(?<ref>[^/]+)(?:/(?<folder>.*))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex GitLabPage();
}
