using System.Text.Json;
using Capsule.Core.Diagnostics;

namespace Capsule.Distribution.Store;

/// <summary>
/// A package on its way into the store, in a folder that no reader looks at. Disposing without <see cref="Commit"/>
/// removes it; one whose program died is removed by the next installation.
/// </summary>
public sealed class StagedInstallation : IDisposable
{
    private readonly PackageStore _store;
    private readonly FileStream _lock;
    private readonly string _folder;

    private StagedInstallation(PackageStore store, string folder, FileStream held)
    {
        _store = store;
        _folder = folder;
        _lock = held;
    }

    /// <summary>For downloads and other files that are not part of the package.</summary>
    public string Scratch => Path.Combine(_folder, "scratch");

    /// <summary>Where the package's files are unpacked; does not exist yet.</summary>
    public string Tree => Path.Combine(_folder, "package", PackageStore.TreeFolder);

    /// <summary>Where signature lines go.</summary>
    public string Signatures => Path.Combine(_folder, "package", "signatures.sigstore.jsonl");

    internal static StagedInstallation Begin(PackageStore store)
    {
        var incoming = Path.Combine(store.Root, PackageStore.IncomingFolder);
        Directory.CreateDirectory(incoming);
        Sweep(incoming);
        var folder = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        var held = new FileStream(folder + ".lock", FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        Directory.CreateDirectory(Path.Combine(folder, "scratch"));
        Directory.CreateDirectory(Path.Combine(folder, "package"));
        return new StagedInstallation(store, folder, held);
    }

    /// <summary>Makes the package visible. The same identity again is no error; another one is (CAP4101).</summary>
    public Result<InstalledPackage> Commit(InstalledPackage package)
    {
        var target = _store.FolderOf(package.Name);
        using (var record = new FileStream(Path.Combine(_folder, "package", PackageStore.RecordFile), FileMode.CreateNew, FileAccess.Write))
        {
            JsonSerializer.Serialize(record, package, PackageStore.RecordFormat);
            record.Flush(flushToDisk: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            Directory.Move(Path.Combine(_folder, "package"), target);
            return package;
        }
        catch (IOException) when (Directory.Exists(target))
        {
            var present = _store.Find(package.Name);
            return present.Value is { } other && other.Identity != package.Identity
                ? StoreDiagnostics.OtherContent.Now(package.Name, other.Identity, package.Identity)
                : present;
        }
    }

    public void Dispose()
    {
        Remove(_folder);
        _lock.Dispose();
    }

    private static void Sweep(string incoming)
    {
        foreach (var folder in Directory.EnumerateDirectories(incoming))
        {
            try
            {
                using var free = new FileStream(folder + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                Remove(folder);
            }
            catch (IOException)
            {
                // Another installation is at work there.
            }
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
