using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Packing;

namespace Capsule.Families.Capsules.Plans;

/// <summary>
/// The files of a capsule: everything the default rules leave in, or what pack.include covers, minus what pack.exclude
/// matches. A capsule of static targets only holds just what is served. Manifest, locks, README and licence are always in.
/// </summary>
internal static class CapsuleSelection
{
    private static readonly string[] Always =
    [
        "capproj.lock", "capsule.lock", "capsule.lock.json", "package-lock.json", "deno.lock", "uv.lock", "README", "README.md", "README.mdx",
        "README.txt", "LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE",
    ];

    public static Result<IReadOnlyList<PackEntry>> Select(
        CapsuleManifest manifest, string manifestPath, IReadOnlyList<TargetFiles> targets, CompileRequest request, CancellationToken cancel)
    {
        Glob[] always = [.. Always.Prepend(manifestPath).Select(n => Glob.Parse($"/{n}")!)];
        Glob[] include = [.. manifest.Include.Select(p => Glob.Parse(p.Value)!)];
        Glob[] exclude = [.. manifest.Exclude.Select(p => Glob.Parse(p.Value)!)];
        Glob[] served = [.. Served(manifest, targets)];
        Glob[] only = include.Length > 0 ? [.. include, .. always] : served.Length > 0 ? [.. served, .. always] : [];

        var selected = PackSelection.Select(
            new SelectionRequest
            {
                ProjectDirectory = request.ProjectDirectory,
                Only = only,
                Include = [always[0], .. include.Where(OnPurpose), .. served.Where(OnPurpose)],
                OutputFolders = request.OutputFolders,
                ExtraFiles = request.ExtraFiles,
            },
            cancel);
        return selected.Value is not { } entries
            ? selected
            : selected with
            {
                Value = [.. entries.Where(e => request.ExtraFiles.ContainsKey(e.Path) || always.Any(a => a.Matches(e.Path)) || !exclude.Any(x => x.Covers(e.Path)))],
            };
    }

    /// <summary>
    /// A pattern without wildcards means exactly what it names; one whose leading folders the default rules leave out would
    /// otherwise say nothing. All other patterns leave those rules in force.
    /// </summary>
    private static bool OnPurpose(Glob pattern)
    {
        var folders = pattern.Text.Trim('/').Split('/').TakeWhile(s => s.AsSpan().IndexOfAny('*', '?') < 0).ToArray();
        return pattern.Text.AsSpan().IndexOfAny('*', '?') < 0
            || folders.Select((name, i) => LeftOut.Folder(string.Join('/', folders[..(i + 1)]), name, [])).Any(left => left);
    }

    private static IEnumerable<Glob> Served(CapsuleManifest manifest, IReadOnlyList<TargetFiles> targets)
    {
        if (manifest.Targets.Any(t => t.EffectiveDriver != "static"))
        {
            return [];
        }

        string[] folders = [.. targets.Select(t => t.IsFolder ? t.Entrypoint : ProjectPath.Parent(t.Entrypoint))];
        return folders.Contains("") ? [] : folders.Distinct(StringComparer.Ordinal).Select(f => Glob.Parse($"/{f}")).OfType<Glob>();
    }
}
