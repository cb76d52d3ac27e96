using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Identity;
using Capsule.Core.Plans;
using Capsule.Packaging.Containers;

namespace Capsule.Distribution.Sources;

/// <summary>
/// Repositories that packages are taken from, each commit unpacked once: <c>ADDRESS/repository</c> and <c>ADDRESS/trees/COMMIT</c>, where
/// ADDRESS is the start of the address's SHA-256. Files are what was committed, byte for byte: no filter, line ending or placeholder of a
/// <c>.gitattributes</c> changes them, and submodules are left out.
/// </summary>
/// <param name="root">Absolute path; made on demand.</param>
/// <param name="isManifest">Recognises the manifests that a tree may have at its top.</param>
public sealed class GitStore(string root, Func<string, bool> isManifest)
{
    /// <summary>Stands before every file of attributes that a tree has itself.</summary>
    private const string Verbatim = "* -export-subst -export-ignore -text -eol -ident -filter -working-tree-encoding !crlf\n";

    /// <summary>The git that is called: a name on PATH, or a path.</summary>
    public string Program { get; init; } = "git";

    /// <summary>How long a repository may take to arrive, and another program to fetch it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the user wants repositories to be taken from instead: address to another address, or to a folder of this machine.</summary>
    public IReadOnlyDictionary<string, string> Replacements { get; init; } = new Dictionary<string, string>();

    /// <summary>True keeps the whole of a commit, which needs no manifest at its top; such trees are kept apart.</summary>
    public bool Whole { get; init; }

    /// <summary>
    /// A branch or tag as it is now, or a commit. Without the network, a commit that is here is taken, and a branch or tag as it was the last
    /// time, with a warning (CAP4305).
    /// </summary>
    /// <param name="source">The repository and what of it.</param>
    /// <param name="pinned">The commit and identity that a lock names; then nothing else is taken (CAP4306).</param>
    /// <param name="cancel">Ends git.</param>
    public async Task<Result<FetchedSource>> FetchAsync(GitSource source, PinnedCommit? pinned, CancellationToken cancel)
    {
        var address = GitAddress.Check(source.Url);
        var wanted = pinned is not null ? Result.Of(pinned.Commit) : GitAddress.CheckRef(source.Ref ?? "HEAD");
        if (!address.Succeeded || !wanted.Succeeded)
        {
            return Result.Failed<FetchedSource>([.. address.Diagnostics, .. wanted.Diagnostics]);
        }

        var place = Path.Combine(root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Url)))[..24]);
        try
        {
            Directory.CreateDirectory(Path.Combine(place, "trees"));
            if (GitAddress.IsCommit(wanted.Value) && await KeptAsync(source, place, wanted.Value, pinned, cancel) is { } kept)
            {
                return kept;
            }

            using var turn = await WriteTurn.TakeAsync(Path.Combine(place, "repository"), Patience, cancel);
            return turn is null
                ? SourceDiagnostics.NotKept.Now(source.Url, "another program is fetching it")
                : await FetchAsync(source, place, wanted.Value, pinned, cancel);
        }
        catch (Win32Exception)
        {
            return SourceDiagnostics.GitMissing.Now(source.Url);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return SourceDiagnostics.NotKept.Now(source.Url, problem.Message);
        }
    }

    private async Task<Result<FetchedSource>> FetchAsync(GitSource source, string place, string wanted, PinnedCommit? pinned, CancellationToken cancel)
    {
        var repository = Path.Combine(place, "repository");
        if (!File.Exists(Path.Combine(repository, "HEAD")))
        {
            Directory.CreateDirectory(repository);
            if (await GitProgram.RunAsync(Program, repository, ["init", "--quiet", "--bare", "."], cancel) is { Succeeded: false } broken)
            {
                return SourceDiagnostics.NotKept.Now(source.Url, broken.Reason);
            }

            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(repository, "info")).FullName, "attributes"), Verbatim, cancel);
        }

        var name = $"refs/capsule/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..24]}";
        var problem = await AskAsync(source, repository, wanted, name, cancel);
        var found = await GitProgram.RunAsync(Program, repository, ["rev-parse", "--verify", "--quiet", $"{(GitAddress.IsCommit(wanted) ? wanted : name)}^{{commit}}"], cancel);
        if (!found.Succeeded)
        {
            return problem ?? SourceDiagnostics.NotFetched.Now(Words(source), source.Url, "it has no such commit");
        }

        var notice = problem is not null && !GitAddress.IsCommit(wanted) ? SourceDiagnostics.AsBefore.Now(Words(source), source.Url, found.Output) : null;
        var unpacked = await UnpackAsync(source, place, found.Output, pinned, cancel);
        return unpacked.Succeeded ? unpacked.Value with { Notice = notice } : unpacked;
    }

    /// <summary>Fetches it under our name for it; the reason when that fails.</summary>
    private async Task<Diagnostic?> AskAsync(GitSource source, string repository, string wanted, string name, CancellationToken cancel)
    {
        var replacement = Replacements.GetValueOrDefault(source.Url);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            var answer = await GitProgram.RunAsync(
                Program, repository, [.. replacement is null ? [] : new[] { "-c", "protocol.file.allow=always" }, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--force", "--end-of-options", replacement ?? source.Url, $"+{wanted}:{name}"], limit.Token);
            return answer.Succeeded ? null : SourceDiagnostics.NotFetched.Now(Words(source), replacement ?? source.Url, answer.Reason);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return SourceDiagnostics.TooSlow.Now(Words(source), source.Url, Patience.TotalSeconds);
        }
    }

    private async Task<Result<FetchedSource>> UnpackAsync(GitSource source, string place, string commit, PinnedCommit? pinned, CancellationToken cancel)
    {
        if (await KeptAsync(source, place, commit, pinned, cancel) is { } kept)
        {
            return kept;
        }

        var archive = Path.Combine(place, $"{Guid.NewGuid():N}.tar");
        try
        {
            var written = await GitProgram.RunAsync(Program, Path.Combine(place, "repository"), ["archive", "--format=tar", $"--output={archive}", commit], cancel);
            if (!written.Succeeded)
            {
                return SourceDiagnostics.NotKept.Now(source.Url, written.Reason);
            }

            var package = await PackageReader.OpenAsync(archive, new PackageReadOptions { IsManifest = isManifest, NeedsManifest = !Whole }, cancel);
            if (!package.Succeeded)
            {
                return Result.Failed<FetchedSource>(package.Diagnostics);
            }

            var tree = await package.Value.ExtractAsync(Tree(place, commit), cancel);
            return tree.Succeeded ? Fetched(source, place, commit, tree.Value, pinned) : Result.Failed<FetchedSource>(tree.Diagnostics);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    /// <summary>A commit that was unpacked before, every byte compared; null when it was not.</summary>
    private async Task<Result<FetchedSource>?> KeptAsync(GitSource source, string place, string commit, PinnedCommit? pinned, CancellationToken cancel)
    {
        var folder = Tree(place, commit);
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var tree = await TreeReader.VerifyAsync(folder, null, cancel);
        return tree.Succeeded ? Fetched(source, place, commit, tree.Value, pinned) : SourceDiagnostics.OtherContent.Now(commit, source.Url, folder);
    }

    private Result<FetchedSource> Fetched(GitSource source, string place, string commit, TreeDocument tree, PinnedCommit? pinned) =>
        pinned is not null && pinned.Identity != tree.Identity
            ? SourceDiagnostics.OtherContent.Now(commit, source.Url, Tree(place, commit))
            : new FetchedSource(Tree(place, commit), commit, tree.Identity);

    private string Tree(string place, string commit) => Path.Combine(place, "trees", Whole ? $"{commit}-whole" : commit);

    private static string Words(GitSource source) => source.Ref is { } name ? $"'{name}'" : "The default branch";
}

/// <summary>What a lock says about a repository.</summary>
/// <param name="Commit">In hex.</param>
/// <param name="Identity">Of the commit's tree.</param>
public sealed record PinnedCommit(string Commit, string Identity);
