using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules;

/// <summary>Whether the <c>package.json</c> next to a node program asks for packages, and whether its lock is there (design.md 5).</summary>
/// <param name="PackageFile">Path of the package.json in the project.</param>
internal sealed record NodeDependencies(string PackageFile)
{
    private const string FileName = "package.json";
    private const string LockName = "package-lock.json";

    /// <summary>The nearest package.json at or above the entrypoint that declares dependencies; null when there is none.</summary>
    public static NodeDependencies? Find(string project, string entrypoint, ICollection<Diagnostic> problems)
    {
        for (var folder = ProjectPath.Parent(entrypoint); ; folder = ProjectPath.Parent(folder))
        {
            var path = ProjectPath.Join(folder, FileName);
            var full = Path.Combine(project, path);
            if (File.Exists(full))
            {
                return Declares(full, problems) ? WithLock(project, folder, path, problems) : null;
            }

            if (folder.Length == 0)
            {
                return null;
            }
        }
    }

    private static NodeDependencies WithLock(string project, string folder, string path, ICollection<Diagnostic> problems)
    {
        if (!File.Exists(Path.Combine(project, folder, LockName)))
        {
            problems.Add(CapsuleTargetDiagnostics.LockMissing.In(Path.Combine(project, path), path));
        }

        return new NodeDependencies(path);
    }

    private static bool Declares(string file, ICollection<Diagnostic> problems)
    {
        var text = SourceText.Load(file);
        if (text.Value is not { } source)
        {
            foreach (var problem in text.Diagnostics)
            {
                problems.Add(problem);
            }

            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(source.Text);
            return Any(document.RootElement, "dependencies") || Any(document.RootElement, "optionalDependencies");
        }
        catch (JsonException problem)
        {
            var line = (int)(problem.LineNumber ?? 0) + 1;
            var column = (int)(problem.BytePositionInLine ?? 0) + 1;
            problems.Add(CapsuleTargetDiagnostics.PackageFile.At(new SourceSpan(file, line, column, line, column + 1)));
            return false;
        }
    }

    private static bool Any(JsonElement package, string section) =>
        package.ValueKind == JsonValueKind.Object
        && package.TryGetProperty(section, out var packages)
        && packages.ValueKind == JsonValueKind.Object
        && packages.EnumerateObject().Any();
}
