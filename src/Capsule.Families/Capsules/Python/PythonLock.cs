using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules.Python;

/// <summary>
/// What must hold of a <c>uv.lock</c> before anything is installed from it: each package but the project itself is a wheel, of an index or
/// of the package's own files, with a SHA-256. Which of them this machine needs is decided where they are installed.
/// </summary>
internal static partial class PythonLock
{
    public static PythonPackages? Read(string project, string path, ICollection<Diagnostic> problems)
    {
        var text = SourceText.Load(Path.Combine(project, path));
        var read = text.Value is { } source ? TomlReader.Read(source) : Result.Failed<MappingNode>(text.Diagnostics);
        if (read.Value is not { } root)
        {
            foreach (var problem in read.Diagnostics)
            {
                problems.Add(problem);
            }

            return null;
        }

        var fields = FieldReader.Root(root, CapsuleDiagnostics.Fields, problems)!;
        var packages = fields.Items("package") ?? [];
        var (found, fromIndex) = (false, false);
        foreach (var package in packages.Where(p => !IsProject(p)))
        {
            found = true;
            fromIndex |= package.Mapping("source")?.Has("registry") ?? false;
            if (Problem(project, ProjectPath.Parent(path), package) is { } problem)
            {
                problems.Add(problem);
            }
        }

        return found ? new PythonPackages(path, Digest(text.Value!.Text), fromIndex) : null;
    }

    /// <summary>Names a lock's content, short enough for a folder.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static bool IsProject(FieldReader package) =>
        package.Mapping("source") is { } source && (source.String("virtual") ?? source.String("editable") ?? source.String("directory")) is { Value: "." };

    private static Diagnostic? Problem(string project, string folder, FieldReader package)
    {
        var name = package.String("name")?.Value ?? "?";
        var place = package.KeySpan("name") ?? package.Place;
        var source = package.Mapping("source");
        if (source?.String("path") is { } file)
        {
            var inside = ProjectPath.Normalise(ProjectPath.Join(folder, file.Value));
            return inside is not null && inside.EndsWith(".whl", StringComparison.Ordinal) && File.Exists(Path.Combine(project, inside))
                ? Hashes(package) ? null : CapsuleTargetDiagnostics.PythonPackageNotPinned.At(place, name)
                : CapsuleTargetDiagnostics.PythonPackageSource.At(file.Span, name, file.Value);
        }

        return source?.Has("registry") == true
            ? Hashes(package) ? null : CapsuleTargetDiagnostics.PythonPackageNotPinned.At(place, name)
            : CapsuleTargetDiagnostics.PythonPackageSource.At(place, name, source?.Node.Entries.Select(e => e.Key).FirstOrDefault() ?? "nowhere");
    }

    private static bool Hashes(FieldReader package) =>
        package.Items("wheels") is { Count: > 0 } wheels && wheels.All(w => w.String("hash") is { } hash && HashGrammar().IsMatch(hash.Value));

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashGrammar();
}
