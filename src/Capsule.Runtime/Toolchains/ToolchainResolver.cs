using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Toolchains;

/// <summary>
/// Turns the toolchain a process asks for into a folder on this machine (design.md 8): the locked version, else the
/// newest held, else the registry's newest. Checked by sha512 before a byte is unpacked.
/// </summary>
/// <param name="home">Where toolchains are kept.</param>
public sealed class ToolchainResolver(CapsuleHome home)
{
    /// <summary>How long to wait for the registry's answer, and for each further piece of it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>npm's settings; read from this machine when null.</summary>
    public NpmSettings? Settings { get; init; }

    internal ToolchainPlatform Platform { get; init; } = ToolchainPlatform.Here;

    /// <summary>The same resolver for another kind of machine; it can pin for it.</summary>
    internal ToolchainResolver On(ToolchainPlatform platform) => new(home) { Patience = Patience, Settings = Settings, Platform = platform };

    /// <summary>A plan with an integrity is locked and its version exact; without one its version is a range, or null for any.</summary>
    public async Task<Result<Toolchain>> ResolveAsync(ToolchainPlan plan, CancellationToken cancel)
    {
        try
        {
            if (SystemToolchains.Names.Contains(plan.Name))
            {
                return await SystemToolchains.FindAsync(plan, cancel);
            }

            var wanted = Wanted(plan);
            var store = new ToolchainStore(home.Toolchains);
            if (Find(store, plan, wanted) is { } held)
            {
                return held;
            }

            using var turn = await store.LockAsync(plan.Name, cancel);
            return Find(store, plan, wanted) ?? await FetchAsync(store, plan, wanted, cancel);
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return ToolchainDiagnostics.NotKept.Now(plan.Name, plan.Version ?? "", home.Root, problem.Message);
        }
    }

    /// <summary>The exact version and integrity that a lock should name: the registry's newest in the range. Fetches no archive.</summary>
    public async Task<Result<ToolchainPlan>> PinAsync(ToolchainPlan plan, CancellationToken cancel)
    {
        try
        {
            var wanted = Wanted(plan);
            using var registry = await OpenAsync(cancel);
            var newest = await ChooseAsync(registry, plan, wanted, cancel);
            return new ToolchainPlan(plan.Name, newest.Version.ToString(), newest.Integrity!.Text);
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    private static Toolchain? Find(ToolchainStore store, ToolchainPlan plan, Wish wanted)
    {
        var held = store.Held(plan.Name, wanted.Entry.Package);
        return wanted.Integrity is { } integrity
            ? held.FirstOrDefault(h => h.Version == plan.Version && h.Integrity == integrity.Text)?.As(plan.Name, ToolchainChoice.Locked)
            : held.FirstOrDefault(h => wanted.Range.Includes(h.Number!))?.As(plan.Name, ToolchainChoice.Held);
    }

    private Wish Wanted(ToolchainPlan plan)
    {
        if (!ToolchainTable.Names.Contains(plan.Name))
        {
            throw new RefusedException(ToolchainDiagnostics.Unknown.Now(plan.Name, string.Join(", ", ToolchainTable.Names.Concat(SystemToolchains.Names))));
        }

        var entry = ToolchainTable.Find(plan.Name, Platform)
            ?? throw new RefusedException(ToolchainDiagnostics.NoPlatform.Now(plan.Name, Platform, string.Join(", ", ToolchainTable.PlatformsOf(plan.Name))));
        if (!VersionRange.TryParse(plan.Version, out var range)
            || (plan.Integrity is not null && (plan.Version is null || !SemanticVersion.TryParse(plan.Version, out _))))
        {
            throw new RefusedException(ToolchainDiagnostics.BadRange.Now(plan.Version, plan.Name));
        }

        Integrity? integrity = null;
        if (plan.Integrity is not null && !Integrity.TryParse(plan.Integrity, out integrity))
        {
            throw new RefusedException(ToolchainDiagnostics.BadLock.Now(plan.Name, plan.Integrity));
        }

        return new Wish(entry, range, integrity);
    }

    private async Task<NpmRegistry> OpenAsync(CancellationToken cancel) => new(Settings ?? await NpmSettings.ReadAsync(cancel), Patience);

    private static async Task<NpmVersion> ChooseAsync(NpmRegistry registry, ToolchainPlan plan, Wish wanted, CancellationToken cancel)
    {
        var served = await registry.VersionsAsync(wanted.Entry.Package, cancel);
        var version = served.Where(v => wanted.Range.Includes(v.Version)).MaxBy(v => v.Version)
            ?? throw new RefusedException(ToolchainDiagnostics.NoVersion.Now(plan.Name, plan.Version ?? "*", wanted.Entry.Package));
        return version.Integrity is null && wanted.Integrity is null
            ? throw new RefusedException(ToolchainDiagnostics.NoIntegrity.Now(plan.Name, version.Version))
            : version;
    }

    private async Task<Toolchain> FetchAsync(ToolchainStore store, ToolchainPlan plan, Wish wanted, CancellationToken cancel)
    {
        using var registry = await OpenAsync(cancel);
        var version = await ChooseAsync(registry, plan, wanted, cancel);
        var expected = wanted.Integrity ?? version.Integrity!;
        try
        {
            await using var archive = Download();
            var actual = await registry.DownloadAsync(plan.Name, version, archive, cancel);
            if (actual != expected)
            {
                throw new RefusedException(ToolchainDiagnostics.BadIntegrity.Now(plan.Name, version.Version, expected, actual));
            }

            archive.Position = 0;
            var held = await store.AddAsync(plan.Name, wanted.Entry.Package, version.Version.ToString(), expected, wanted.Entry.Program, archive, cancel);
            return held.As(plan.Name, wanted.Integrity is null ? ToolchainChoice.Newest : ToolchainChoice.Locked);
        }
        catch (Exception problem) when (problem is InvalidDataException or FormatException)
        {
            throw new RefusedException(ToolchainDiagnostics.BadArchive.Now(plan.Name, version.Version, problem.Message));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(ToolchainDiagnostics.NotKept.Now(plan.Name, version.Version, home.Root, problem.Message));
        }
    }

    /// <summary>A file without a lasting name: it is gone however the process ends in good order, and swept with the cache otherwise.</summary>
    private FileStream Download() => new(
        Path.Combine(home.Cache, $"download-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    private sealed record Wish(ToolchainTable.Entry Entry, VersionRange Range, Integrity? Integrity);
}
