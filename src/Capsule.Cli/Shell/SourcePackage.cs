using Capsule.Core.Diagnostics;
using Capsule.Families;

namespace Capsule.Cli.Shell;

/// <summary>A package as it lies in its author's folder: the manifest found, and its plans.</summary>
internal sealed record SourcePackage(string ManifestPath, CompiledPackage Compiled)
{
    public string Folder => Path.GetDirectoryName(ManifestPath)!;

    /// <summary>True when some family's manifest has this file name.</summary>
    public static bool IsManifest(string path) => FamilyCatalog.All.Any(f => f.Recognises(Path.GetFileName(path)));

    public static Result<SourcePackage> Compile(string path, string? publisher = null, string? version = null, string? target = null)
    {
        var location = FamilyCatalog.Recognise(path);
        if (!location.Succeeded)
        {
            return Result.Failed<SourcePackage>(location.Diagnostics);
        }

        var manifest = location.Value.ManifestPath;
        var compiled = location.Value.Family.Compile(new CompileRequest { ManifestPath = manifest, Publisher = publisher, Version = version, Target = target });
        return compiled.Succeeded
            ? Result.Of(new SourcePackage(manifest, compiled.Value), compiled.Diagnostics)
            : Result.Failed<SourcePackage>(compiled.Diagnostics);
    }
}
