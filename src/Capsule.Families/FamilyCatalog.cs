using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Atoms;
using Capsule.Families.Capsules;
using Capsule.Families.Kits;

namespace Capsule.Families;

/// <summary>All families, and how a folder's manifest is found: by fixed names, never by content.</summary>
public static class FamilyCatalog
{
    private const string Names = "capsule.toml, capability.yml or capability.yaml, NAME.wpk.yaml, plugin.yaml, atom.toml";

    /// <summary>In the order in which manifests are looked for.</summary>
    public static IReadOnlyList<IFamily> All { get; } =
    [
        new CapsuleFamily(),
        new KitFamily(),
        new UpcomingFamily(FamilyNames.Workflow, name => name.EndsWith(".wpk.yaml", StringComparison.Ordinal) && name.Length > ".wpk.yaml".Length, FamilyDiagnostics.WorkflowNotYet),
        new UpcomingFamily(FamilyNames.Plugin, name => name == "plugin.yaml", FamilyDiagnostics.PluginNotYet),
        new AtomFamily(),
    ];

    /// <summary>The family with one of <see cref="FamilyNames"/>; null for another name.</summary>
    public static IFamily? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>
    /// Finds the manifest of a folder, or the family of an explicitly named manifest. Several manifests in one folder are
    /// refused: nobody can know which one is meant.
    /// </summary>
    /// <param name="path">A folder or a manifest; made absolute.</param>
    public static Result<ManifestLocation> Recognise(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            var name = Path.GetFileName(full);
            return All.FirstOrDefault(f => f.Recognises(name)) is { } family
                ? new ManifestLocation(family, full)
                : DiscoveryDiagnostics.NotAManifest.In(full, name, Names);
        }

        if (!Directory.Exists(full))
        {
            return DiscoveryDiagnostics.NothingThere.In(full, full);
        }

        var files = Directory.EnumerateFiles(full).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).ToArray();
        ManifestLocation[] found = [.. All.SelectMany(f => files.Where(f.Recognises).Select(n => new ManifestLocation(f, Path.Combine(full, n))))];
        return found switch
        {
            [] => DiscoveryDiagnostics.NoManifest.Now(full, Names),
            [var only] => only,
            [var first, ..] => DiscoveryDiagnostics.SeveralManifests.In(
                first.ManifestPath, full, string.Join(", ", found.Select(m => Path.GetFileName(m.ManifestPath))), Path.GetFileName(first.ManifestPath)),
        };
    }

    /// <summary>Compiles with the family that the manifest's name says.</summary>
    public static Result<CompiledPackage> Compile(CompileRequest request, CancellationToken cancel = default)
    {
        if (Directory.Exists(request.ManifestPath))
        {
            return DiscoveryDiagnostics.ManifestIsFolder.In(request.ManifestPath, request.ManifestPath);
        }

        var location = Recognise(request.ManifestPath);
        return location.Succeeded
            ? location.Value.Family.Compile(request, cancel)
            : Result.Failed<CompiledPackage>(location.Diagnostics);
    }
}
