using System.Text.Json;
using Capsule.Core.Diagnostics;
using NuGet.Versioning;

namespace Capsule.Distribution.Store;

/// <summary>
/// Installed packages below one folder: <c>publisher/slug/version/</c> with <c>tree/</c>, <c>installed.json</c> and the
/// signature lines. A version's folder appears by one rename, so it is whole or not there.
/// </summary>
/// <param name="root">Absolute path of the store; made when something is installed.</param>
public sealed class PackageStore(string root)
{
    internal const string TreeFolder = "tree";
    internal const string RecordFile = "installed.json";
    internal const string IncomingFolder = ".incoming";

    internal static readonly JsonSerializerOptions RecordFormat = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Root { get; } = root;

    /// <summary>The folder of an installed version, whether or not it exists.</summary>
    public string FolderOf(PackageName package) => Path.Combine(Root, package.Publisher, package.Slug, package.Version!);

    /// <summary>The package's files, as its author packed them.</summary>
    public string TreeOf(InstalledPackage package) => Path.Combine(FolderOf(package.Name), TreeFolder);

    /// <summary>The installed version that was asked for, or the highest when none was (CAP4100 when there is none).</summary>
    public Result<InstalledPackage> Find(PackageName package)
    {
        var version = package.Version ?? Versions(package).LastOrDefault();
        if (version is null || !Directory.Exists(FolderOf(package with { Version = version })))
        {
            return StoreDiagnostics.NotInstalled.Now(package);
        }

        return Read(FolderOf(package with { Version = version }));
    }

    /// <summary>All installed packages, by name, lowest version first.</summary>
    public IReadOnlyList<Result<InstalledPackage>> List() =>
    [
        .. from publisher in Folders(Root)
           from slug in Folders(Path.Combine(Root, publisher))
           let package = new PackageName(publisher, slug, null)
           from version in Versions(package)
           select Read(FolderOf(package with { Version = version })),
    ];

    /// <summary>Begins an installation; nothing is visible until it is committed.</summary>
    public StagedInstallation Stage() => StagedInstallation.Begin(this);

    private IReadOnlyList<string> Versions(PackageName package) =>
    [
        .. Folders(Path.Combine(Root, package.Publisher, package.Slug))
            .Select(name => (name, version: NuGetVersion.TryParse(name, out var version) ? version : null))
            .Where(v => v.version is not null)
            .OrderBy(v => v.version)
            .Select(v => v.name),
    ];

    private static IEnumerable<string> Folders(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)).Where(n => !n.StartsWith('.')).Order(StringComparer.Ordinal);

    private static Result<InstalledPackage> Read(string folder)
    {
        try
        {
            var record = JsonSerializer.Deserialize<InstalledPackage>(File.ReadAllBytes(Path.Combine(folder, RecordFile)), RecordFormat);
            return record is { Schema: "capsule-installed/1", Identity: not null, Manifest: not null, Signers: not null }
                ? record
                : StoreDiagnostics.Damaged.Now(folder, $"{RecordFile} has another format");
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            return StoreDiagnostics.Damaged.Now(folder, problem.Message);
        }
    }
}
