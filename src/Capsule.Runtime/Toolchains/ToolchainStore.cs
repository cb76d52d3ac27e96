using System.Text.Json;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Toolchains;

/// <summary>
/// The toolchains held on this machine: <c>toolchains/&lt;name&gt;/&lt;version&gt;-&lt;digest&gt;/</c>, each complete
/// and read-only from the moment its name exists. Runners that fetch at the same time take turns by a lock file.
/// </summary>
/// <param name="folder">The <c>toolchains</c> folder of CAPSULE_HOME.</param>
internal sealed class ToolchainStore(string folder)
{
    private const string Card = "capsule-toolchain.json";
    private const string Unfinished = ".unfinished-";

    private const UnixFileMode ReadExecute =
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public Task<FileLock> LockAsync(string tool, CancellationToken cancel) =>
        FileLock.TakeAsync(Path.Combine(folder, tool + ".lock"), cancel);

    /// <summary>Everything held of one tool and platform package, newest first.</summary>
    public IReadOnlyList<HeldToolchain> Held(string tool, string package)
    {
        var root = Path.Combine(folder, tool);
        if (!Directory.Exists(root))
        {
            return [];
        }

        return [.. Directory.EnumerateDirectories(root)
            .Where(d => !Path.GetFileName(d).StartsWith('.'))
            .Select(Read)
            .OfType<HeldToolchain>()
            .Where(h => h.Package == package)
            .OrderByDescending(h => h.Number)];
    }

    /// <summary>Unpacks an archive that has been checked already. The caller holds the lock.</summary>
    /// <exception cref="InvalidDataException">The archive is hostile or lacks the program.</exception>
    public async Task<HeldToolchain> AddAsync(string tool, string package, string version, Integrity integrity, string program, Stream archive, CancellationToken cancel)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, tool)).FullName;
        foreach (var leftover in Directory.EnumerateDirectories(root, Unfinished + "*"))
        {
            ReadOnlyTree.Remove(leftover);
        }

        var fresh = Path.Combine(root, Unfinished + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(fresh);
        try
        {
            await TarballUnpacker.UnpackAsync(archive, fresh, cancel);
            if (!File.Exists(Path.Combine(fresh, program)))
            {
                throw new InvalidDataException($"it has no '{program}'");
            }

            var held = new HeldToolchain(package, version, integrity.Text, program);
            await File.WriteAllBytesAsync(Path.Combine(fresh, Card), JsonSerializer.SerializeToUtf8Bytes(held), cancel);
            ReadOnlyTree.Seal(fresh, ReadExecute);
            var final = Path.Combine(root, $"{version}-{integrity.Short}");
            Directory.Move(fresh, final);
            return held with { Directory = final };
        }
        catch
        {
            ReadOnlyTree.Remove(fresh);
            throw;
        }
    }

    private static HeldToolchain? Read(string directory)
    {
        try
        {
            var held = JsonSerializer.Deserialize<HeldToolchain>(File.ReadAllBytes(Path.Combine(directory, Card)));
            return held is not null && File.Exists(Path.Combine(directory, held.Program)) && SemanticVersion.TryParse(held.Version, out _)
                ? held with { Directory = directory }
                : null;
        }
        catch (Exception problem) when (problem is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>What the card in a held toolchain's folder says.</summary>
internal sealed record HeldToolchain(string Package, string Version, string Integrity, string Program)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Directory { get; init; } = "";

    [System.Text.Json.Serialization.JsonIgnore]
    public SemanticVersion? Number => SemanticVersion.TryParse(Version, out var number) ? number : null;

    public Toolchain As(string name, ToolchainChoice choice) => new(name, Version, Integrity, Directory, Program, choice);
}
