using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families;

namespace Capsule.Operations.Running;

/// <summary>The state of all files of a project that its run is made of, at one moment.</summary>
/// <param name="Files">By absolute path: size in bytes, time of the last change, executable bits; what is gone is missing.</param>
/// <param name="Compiled">What its manifest said then.</param>
public sealed record ProjectFiles(IReadOnlyDictionary<string, (long Size, DateTime Changed, UnixFileMode Mode)> Files, Result<CompiledPackage> Compiled)
{
    /// <summary>Reads it. What does not go into a sandbox is not in it: outputs, dependency folders, version control data, a README.</summary>
    /// <param name="compile">Reads the manifest.</param>
    /// <param name="before">The state before, whose files count where the manifest cannot be read now; null for none.</param>
    /// <param name="manifest">Absolute path of the manifest, which counts in any case.</param>
    public static ProjectFiles Read(Func<Result<CompiledPackage>> compile, ProjectFiles? before, string manifest)
    {
        var compiled = compile();
        var paths = compiled.Value is { } package ? Of(package, Path.GetDirectoryName(manifest)!) : before?.Files.Keys ?? [];
        var files = new SortedDictionary<string, (long, DateTime, UnixFileMode)>(StringComparer.Ordinal);
        foreach (var path in paths.Append(manifest))
        {
            var file = new FileInfo(path);
            if (file.Exists)
            {
                files[path] = (file.Length, file.LastWriteTimeUtc, OperatingSystem.IsWindows() ? 0 : file.UnixFileMode);
            }
        }

        return new ProjectFiles(files, compiled);
    }

    /// <summary>Absolute paths of what is new, gone or different.</summary>
    public IReadOnlyList<string> Since(ProjectFiles before) =>
        [.. Files.Keys.Union(before.Files.Keys).Where(p => !Files.TryGetValue(p, out var now) || !before.Files.TryGetValue(p, out var then) || now != then).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Of(CompiledPackage package, string folder)
    {
        var places = (package.Launch?.Cells ?? []).SelectMany(c => c.Mounts).Where(m => m.Kind is MountKind.Work or MountKind.Tree).Select(m => (m.Dependency, Part: m.Source ?? ""))
            .Concat((package.Launch?.Public ?? []).Select(r => r.Files).OfType<string>().Select(files => ((string?)null, files)))
            .Distinct();
        foreach (var (dependency, part) in places)
        {
            var (root, pack) = dependency is null ? (folder, package.Pack) : (package.Dependencies[dependency].Directory, package.Dependencies[dependency].Pack);
            var prefix = part.Length == 0 ? "" : part.TrimEnd('/') + "/";
            foreach (var entry in pack.Entries.Where(e => e.LinkTarget is null && e.Path.StartsWith(prefix, StringComparison.Ordinal)))
            {
                yield return Path.GetFullPath(entry.Source ?? entry.Path, root);
            }
        }

        foreach (var input in package.Inputs)
        {
            yield return input;
        }
    }
}
