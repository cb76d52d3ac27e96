using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;

namespace Capsule.Families.Packing;

/// <summary>Adds the files that the author named one by one.</summary>
internal static class ExtraFiles
{
    public static void Add(SelectionRequest request, Dictionary<string, PackEntry> entries, List<Diagnostic> problems)
    {
        foreach (var (path, file) in request.ExtraFiles)
        {
            var info = new FileInfo(file);
            if (Glob.Parse(path) is null || path.Contains('\\', StringComparison.Ordinal) || path.StartsWith('/') || path.EndsWith('/')
                || path == ".capsule" || path.StartsWith(".capsule/", StringComparison.Ordinal))
            {
                problems.Add(SelectionDiagnostics.ExtraPath.Now(path));
            }
            else if (!info.Exists || info.LinkTarget is not null || FileTypeReader.Read(file) != FileType.Regular)
            {
                problems.Add(SelectionDiagnostics.ExtraFile.Now(file, path));
            }
            else
            {
                var source = Path.GetRelativePath(request.ProjectDirectory, info.FullName).Replace(Path.DirectorySeparatorChar, '/');
                entries[path] = new PackEntry(path, source, request.Executables.Contains(path));
            }
        }
    }
}
