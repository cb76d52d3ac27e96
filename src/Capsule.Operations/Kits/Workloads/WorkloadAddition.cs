using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Reading;

namespace Capsule.Operations.Kits.Workloads;

/// <summary>Adds a workload to a Kit: its folder with code, and its entries in the manifest, of which no other byte changes. All of it, or nothing.</summary>
public static class WorkloadAddition
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="manifestPath">The Kit's manifest.</param>
    /// <param name="workload">What is added.</param>
    /// <param name="patience">How long to wait while another process writes the manifest; 30 seconds otherwise.</param>
    /// <returns>The Kit as it is then, or why nothing was written (CAP5582 to CAP5584, CAP0925).</returns>
    public static Result<KitManifest> Add(string manifestPath, NewWorkload workload, TimeSpan? patience = null)
    {
        using var turn = WriteTurn.Take(manifestPath, patience ?? Patience);
        if (turn is null)
        {
            return KitToolDiagnostics.ManifestBusy.In(manifestPath);
        }

        var bytes = File.ReadAllBytes(manifestPath);
        var source = SourceText.Decode(manifestPath, bytes);
        var before = source.Succeeded ? KitReader.Read(source.Value) : Result.Failed<KitManifest>(source.Diagnostics);
        var edited = before.Succeeded ? Edit(YamlEditor.Open(source.Value!).Value!, before.Value, workload) : Result.Failed<YamlEditor>(before.Diagnostics);
        if (!edited.Succeeded)
        {
            return Result.Failed<KitManifest>(edited.Diagnostics);
        }

        // What is wrong stands at places that are in no file yet.
        var after = KitReader.Read(edited.Value.Source);
        if (!after.Succeeded)
        {
            return KitToolDiagnostics.CannotAdd.Now(workload.Id, after.Diagnostics.First(d => d.IsError).Message);
        }

        return Write(manifestPath, bytes, edited.Value.Text, workload) is { } problem ? problem : after;
    }

    private static Result<YamlEditor> Edit(YamlEditor editor, KitManifest kit, NewWorkload workload)
    {
        if (kit.FindWorkload(workload.Id) is not null)
        {
            return KitToolDiagnostics.CannotAdd.Now(workload.Id, "the Kit has one of that name.");
        }

        var edited = editor.AddMap(["workloads", workload.Id], Entry(workload));
        return !edited.Succeeded || workload.PublicPath is not { } path ? edited : edited.Value.Append(["expose"], Exposed(kit, workload, path));
    }

    private static MappingNode Entry(NewWorkload workload) => Nodes.Map(
    [
        new("endpoints", Nodes.Strings(workload.Endpoints)),
        new("runtime", Nodes.Map(
        [
            new("source", Nodes.Map(
            [
                new("toolchain", Nodes.String("bun")),
                new("prepare", Nodes.Map([new("command", Nodes.String("bun install --frozen-lockfile"))])),
                new("start", Nodes.Map([new("command", Nodes.String("bun run src/index.ts"))])),
            ])),
        ])),
    ]);

    /// <summary>The Kit's first public MCP endpoint is the one that agents use.</summary>
    private static MappingNode Exposed(KitManifest kit, NewWorkload workload, string path)
    {
        List<KeyValuePair<string, Node>> entry = [new("path", Nodes.String(path)), new("target", Nodes.String(workload.Id)), new("endpoints", Nodes.Strings(workload.Endpoints))];
        if (workload.Endpoints.Contains("mcp") && !kit.Expose.Any(e => e.DefaultMcp is { Value: true }))
        {
            entry.Add(new("default_mcp", Nodes.Boolean(true)));
        }

        return Nodes.Map(entry);
    }

    private static Diagnostic? Write(string manifestPath, byte[] old, string text, NewWorkload workload)
    {
        var folder = Path.Combine(Path.GetDirectoryName(manifestPath)!, "workloads", workload.Id);
        if (Path.Exists(folder))
        {
            return KitToolDiagnostics.FolderExists.In(manifestPath, workload.Folder);
        }

        try
        {
            foreach (var (path, content) in workload.Files)
            {
                WholeFile.Write(Path.Combine(folder, path), content);
            }

            // An editor waits for no turn.
            if (!File.ReadAllBytes(manifestPath).AsSpan().SequenceEqual(old))
            {
                Directory.Delete(folder, recursive: true);
                return KitToolDiagnostics.ManifestBusy.In(manifestPath);
            }

            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            byte[] whole = [.. old.AsSpan().StartsWith(mark) ? mark : [], .. System.Text.Encoding.UTF8.GetBytes(text)];
            WholeFile.Write(manifestPath, whole, OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(manifestPath), hidden: true);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            throw;
        }
    }
}
