using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Packaging.Containers;

namespace Capsule.Cli.Shell;

/// <summary>What a package's own manifest says it is. The names around it must agree: those outside the identity prove nothing.</summary>
internal static class ManifestStatement
{
    /// <summary>The package that an unpacked manifest states.</summary>
    public static Result<PackageReference> Read(string manifest)
    {
        var source = SourcePackage.Compile(manifest);
        return source.Succeeded ? source.Value.Compiled.Package : Result.Failed<PackageReference>(source.Diagnostics);
    }

    /// <summary>Compares an opened package's description with its manifest, read alone in a folder of its own.</summary>
    public static Diagnostic? Check(OpenedPackage package)
    {
        if (package.Manifest is not { } manifest)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("capsule-verify-");
        try
        {
            var file = Path.Combine(folder.FullName, Path.GetFileName(package.Info.Manifest));
            File.WriteAllBytes(file, manifest.ToArray());
            var location = Families.FamilyCatalog.Recognise(file);
            return location.Value is { } found && found.Family.Name != package.Info.Family
                ? CommandDiagnostics.OtherFamily.Now(package.Path, package.Info.Family, found.Family.Name)
                : null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
