using Capsule.Core.Plans;
using Capsule.Runtime.Shadows;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Tests.Sandbox.Shadows;

/// <summary>A project, its private copy, and a hand that changes the copy as a workload would.</summary>
internal sealed class ShadowScene : IDisposable
{
    private const string Part = "workloads/hello";
    private Shadow? _shadow;

    /// <param name="inMemory">For thousands of files: a disk that others keep busy takes a millisecond for each.</param>
    public ShadowScene(bool inMemory = false)
    {
        const string Memory = "/dev/shm";
        Root = inMemory && Directory.Exists(Memory)
            ? Directory.CreateDirectory(Path.Combine(Memory, $"capsule-test-{Guid.NewGuid():N}")).FullName
            : Directory.CreateTempSubdirectory("capsule-test-").FullName;
    }

    public string Root { get; }

    public string Project => Path.Combine(Root, "tree", Part);

    public string Copy => Path.Combine(Root, "copy");

    public static IEnumerable<string> FilesOf(string folder) =>
        Directory.GetFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(p => !Directory.Exists(p)).Select(p => Path.GetRelativePath(folder, p)).Order(StringComparer.Ordinal);

    /// <summary>A file of the project.</summary>
    public ShadowScene Has(string path, string content)
    {
        Write(Path.Combine(Project, path), content);
        return this;
    }

    /// <summary>Copies the project; from here on the copy is the workload's.</summary>
    public ShadowScene Copied(WriteBackRules? rules = null, PackPlan? selection = null)
    {
        Directory.CreateDirectory(Project);
        var copied = WorkFolder.Copy(Path.Combine(Root, "tree"), Part, selection, Copy);
        _shadow = new Shadow(Path.Combine(Root, "tree"), Part, copied, Copy, rules ?? new WriteBackRules());
        return this;
    }

    /// <summary>What a preparation does comes before this.</summary>
    public ShadowScene Prepared()
    {
        _shadow!.Note(default);
        return this;
    }

    public ShadowScene Writes(string path, string content)
    {
        Write(Path.Combine(Copy, path), content);
        return this;
    }

    private static void Write(string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    public WriteBackReport WriteBack(CancellationToken cancel = default) => _shadow!.WriteBack(cancel);

    public string Of(string path) => File.ReadAllText(Path.Combine(Project, path));

    /// <summary>Each file and what became of it, without the part's name: <c>changed src/a.ts</c>.</summary>
    public static string[] Told(WriteBackReport report) => [.. report.Outcomes.Select(o => WriteBackText.Of(o).Replace(Part + "/", "", StringComparison.Ordinal))];

    public void Dispose()
    {
        _shadow?.Dispose();
        ReadOnlyTree.Remove(Root);
    }
}
