using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families;
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

    /// <summary>
    /// What an opened package is: containers say it themselves and must agree with their manifest (CAP9113), unpacked folders and
    /// archives by others say it in their manifest alone.
    /// </summary>
    public static Result<PackageReference> Read(OpenedPackage package)
    {
        var info = package.Info;
        if (info.Family.Length > 0)
        {
            return Check(package) is { } problem ? problem : new PackageReference(info.Family, info.Scope, info.Name, info.Version);
        }

        return package.Form == PackageForm.Folder ? Read(package.Path) : Alone(package, Read);
    }

    /// <summary>Compares an opened package's description with its manifest, read alone in a folder of its own.</summary>
    public static Diagnostic? Check(OpenedPackage package)
    {
        if (package.Manifest is null)
        {
            return null;
        }

        return Alone(package, file => FamilyCatalog.Recognise(file).Value is { } found && found.Family.Name != package.Info.Family
            ? CommandDiagnostics.OtherFamily.Now(package.Path, package.Info.Family, found.Family.Name)
            : null);
    }

    private static T Alone<T>(OpenedPackage package, Func<string, T> read)
    {
        var folder = Directory.CreateTempSubdirectory("capsule-verify-");
        try
        {
            var file = Path.Combine(folder.FullName, Path.GetFileName(package.Info.Manifest));
            File.WriteAllBytes(file, package.Manifest?.ToArray() ?? []);
            return read(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
