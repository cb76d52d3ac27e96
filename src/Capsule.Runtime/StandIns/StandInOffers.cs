using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.StandIns;

/// <summary>Decides for a run which stand-ins its package managers are offered: those that a workload asks for and its registry does not have.</summary>
/// <param name="packages">All that there are.</param>
/// <param name="settings">npm's settings; asked for only when there is something to decide.</param>
/// <param name="log">Hears what was decided.</param>
internal sealed partial class StandInOffers(IReadOnlyList<PackageStandIn> packages, Func<CancellationToken, Task<NpmSettings>> settings, RunLog log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IReadOnlyList<StandInDocuments> _documents = [.. packages.Select(p => new StandInDocuments(p, StandInRegistry.Root))];
    private readonly ConcurrentDictionary<string, bool> _missing = new(StringComparer.Ordinal);

    /// <summary>What the packages are that commands in these folders may be offered.</summary>
    public IEnumerable<string> Hashes(IEnumerable<string> folders) =>
        from document in _documents
        where folders.Any(f => AsksFor(f, document.Package))
        select Convert.ToHexStringLower(SHA256.HashData(document.Document));

    /// <summary>What a process is offered, after its home has been told. Throws <see cref="RefusedException"/>.</summary>
    /// <param name="process">Who; only commands that reach the registry and do not serve fetch packages.</param>
    /// <param name="home">The folder of its HOME on this machine; null when it keeps none.</param>
    /// <param name="folders">Its copies of the package's folders.</param>
    /// <param name="cancel">Ends the questions.</param>
    public async Task<IReadOnlyList<StandInDocuments>> ForAsync(ProcessPlan process, string? home, IReadOnlyList<string> folders, CancellationToken cancel)
    {
        if (_documents.Count == 0 || home is null || !process.Network.ReachesRegistry
            || process.Stage is not (ProcessStage.Prepare or ProcessStage.Hydrate or ProcessStage.Exec))
        {
            return [];
        }

        var offered = new List<StandInDocuments>();
        foreach (var document in _documents.Where(d => folders.Any(f => AsksFor(f, d.Package))))
        {
            if (!IsMapped(folders.Prepend(home), document.Package.Scope) && await IsMissingAsync(document.Package, process, cancel))
            {
                offered.Add(document);
                WarnOfLocks(folders, document);
            }
        }

        try
        {
            using var held = HeldFolder.Open(home);
            ScopeSettings.Write(held, [.. offered.Select(o => o.Package.Scope).Distinct()], StandInRegistry.RootOf(offered));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(StandInDiagnostics.NotMapped.Now(process.Id, string.Join(", ", _documents.Select(d => d.Package.Name)), problem.Message.TrimEnd('.')));
        }

        return offered;
    }

    /// <summary>Asked once for each run. A registry that does not answer is no registry that says no.</summary>
    private async Task<bool> IsMissingAsync(PackageStandIn package, ProcessPlan process, CancellationToken cancel)
    {
        if (_missing.TryGetValue(package.Name, out var known))
        {
            return known;
        }

        var missing = false;
        try
        {
            using var registry = new NpmRegistry(await settings(cancel), Patience);
            missing = !await registry.HasAsync(package.Name, cancel);
            if (missing)
            {
                log.Say($"{process.Id}: the package registry does not have '{package.Name}' (404); capsule offers its own in its place");
            }
        }
        catch (RefusedException refused)
        {
            var unknown = StandInDiagnostics.NotAsked.Now(package.Name, refused.Diagnostic.Message);
            log.Say($"{unknown.Code}: {unknown.Message}", LogLevel.Warn);
        }

        return _missing[package.Name] = missing;
    }

    private static bool AsksFor(string folder, PackageStandIn package)
    {
        using var held = HeldFolder.Open(folder);
        return held.Names().Where(n => n is not "node_modules").Select(n => held.KindOf(n) is EntryKind.Folder ? $"{n}/package.json" : n)
            .Where(n => Path.GetFileName(n) is "package.json")
            .Any(n => ScopeSettings.Read(held, n)?.Contains($"\"{package.Name}\"", StringComparison.Ordinal) == true);
    }

    private static bool IsMapped(IEnumerable<string> folders, string scope) => folders.Any(folder =>
    {
        using var held = HeldFolder.Open(folder);
        return ScopeSettings.Names(held, scope);
    });

    /// <summary>A lock that was made with other bytes under the same number is right to refuse ours; here is said why.</summary>
    private void WarnOfLocks(IEnumerable<string> folders, StandInDocuments document)
    {
        foreach (var folder in folders)
        {
            using var held = HeldFolder.Open(folder);
            foreach (var line in (ScopeSettings.Read(held, "bun.lock") ?? "").Split('\n').Where(l => l.TrimStart().StartsWith($"\"{document.Package.Name}\": [", StringComparison.Ordinal)))
            {
                if (LockedVersion().Match(line) is { Success: true } locked && document.IntegrityOf(locked.Groups[1].Value) is { } ours && locked.Groups[2].Value != ours)
                {
                    var other = StandInDiagnostics.LockedToOther.Now("bun.lock", document.Package.Name, locked.Groups[1].Value);
                    log.Say($"{other.Code}: {other.Message} {other.Hint}", LogLevel.Warn);
                }
            }
        }
    }

    [GeneratedRegex("""^\s*"[^"]+": \["[^"]+@([0-9][^"@]*)".*"(sha512-[^"]+)"\],?\s*$""")]
    private static partial Regex LockedVersion();
}
