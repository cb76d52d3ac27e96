using Capsule.Core.Diagnostics;
using Capsule.Families;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>A task that starts from the manifest.</summary>
public abstract class PackageTask : CapsuleTask
{
    /// <summary>The manifest.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>The publisher; empty when the project names none.</summary>
    public string? Publisher { get; set; }

    /// <summary>The version of the project; the manifest's own wins. Empty when there is none.</summary>
    public string? Version { get; set; }

    /// <summary>The manifest's target to build; empty for its default.</summary>
    public string? Target { get; set; }

    /// <summary>Files that the project adds, with the metadata <c>PackagePath</c> or packed under their own path.</summary>
    public ITaskItem[] ExtraFiles { get; set; } = [];

    /// <summary>The folders into which the project is built. Where one lies in the project's own folder, nothing of it is packed.</summary>
    public string[] OutputFolders { get; set; } = [];

    private protected Result<CompiledPackage> Compile(CancellationToken cancel) => FamilyCatalog.Compile(
        new CompileRequest
        {
            ManifestPath = Absolute(Manifest),
            Publisher = OrNull(Publisher),
            Version = OrNull(Version),
            Target = OrNull(Target),
            ExtraFiles = ExtraFilesByPath(),
            OutputFolders = [.. OutputFolders.Select(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Absolute(f.Replace('\\', '/')))))],
        },
        cancel);

    private SortedDictionary<string, string> ExtraFilesByPath()
    {
        var root = Path.GetDirectoryName(Absolute(Manifest))!;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in ExtraFiles)
        {
            var file = Absolute(item.ItemSpec);
            var path = OrNull(item.GetMetadata("PackagePath"))?.Replace('\\', '/') ?? Path.GetRelativePath(root, file).Replace('\\', '/');
            path = path.EndsWith('/') ? path + Path.GetFileName(file) : path;
            if (!files.TryAdd(path, file) && files[path] != file)
            {
                throw new RefusedException(SdkDiagnostics.PackagePathTwice.Now(path, files[path], file));
            }
        }

        return files;
    }
}
