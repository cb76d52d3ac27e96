using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Packaging.Archives;

namespace Capsule.Packaging.Locking;

/// <summary>
/// <c>capproj.lock</c>, which pins what a package is built and run with: the SDK by version, toolchains by integrity,
/// dependencies by content. TOML of our own; the file of ato that is called <c>capsule.lock</c> is another.
/// </summary>
public sealed record LockFile
{
    public const string FileName = "capproj.lock";

    public const int FormatVersion = 1;

    /// <summary>Version of Capsule.Sdk; null for a project that is not built with it.</summary>
    public string? Sdk { get; init; }

    public IReadOnlyList<LockedToolchain> Toolchains { get; init; } = [];

    public IReadOnlyList<LockedDependency> Dependencies { get; init; } = [];

    /// <summary>Reads a lock strictly; every problem with its place (CAP10nn, CAP09nn).</summary>
    public static Result<LockFile> Read(SourceText text) => LockReader.Read(text);

    /// <summary>Reads a lock from its file; see <see cref="Read"/>.</summary>
    public static Result<LockFile> Load(string path)
    {
        var text = SourceText.Load(path);
        return text.Succeeded ? Read(text.Value) : Result.Failed<LockFile>(text.Diagnostics);
    }

    /// <summary>The text of the lock; equal locks give equal bytes.</summary>
    public string Write() => LockWriter.Write(this);

    /// <summary>Writes the file whole or not at all (CAP2117, CAP2118). Leaves an equal file untouched.</summary>
    public Result<LockFile> Save(string path)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(Write());
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                return this;
            }

            using var file = new FreshFile(path);
            file.Stream.Write(bytes);
            file.Commit();
            return this;
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiskWrites.Describe(e, path);
        }
    }

    public LockedToolchain? FindToolchain(string name) => Toolchains.FirstOrDefault(t => t.Name == name);
}
