using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Runtime.Mcp;

namespace Capsule.Operations.Kits.Skills;

/// <summary>
/// A skill that is there for as long as its run. Its folder appears whole or not at all and never in the place of another; what is removed is what
/// was written, unchanged.
/// </summary>
public sealed class InstalledSkill
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _file;
    private readonly SkillRecord _record;
    private readonly WriteTurn _turn;

    private InstalledSkill(SkillPlace place, IReadOnlyList<McpTool> tools, string file, SkillRecord record, WriteTurn turn) =>
        (Place, Tools, _file, _record, _turn) = (place, tools, file, record, turn);

    public SkillPlace Place { get; }

    public IReadOnlyList<McpTool> Tools { get; }

    /// <summary>Absolute paths.</summary>
    public IEnumerable<string> Files => _record.Files.Keys.Select(name => Path.Combine(Place.Folder, name));

    /// <summary>The program that calls the tools.</summary>
    public string Program => Path.Combine(Place.Folder, Place.Name);

    /// <summary>Asks the Kit for its tools and writes the files (CAP5501 to CAP5503, and what MCP has to say).</summary>
    public static async Task<Result<InstalledSkill>> InstallAsync(SkillRequest request, CancellationToken cancel)
    {
        var tools = await ToolsAsync(request.Address, cancel);
        if (!tools.Succeeded)
        {
            return Result.Failed<InstalledSkill>(tools.Diagnostics);
        }

        if (request.Place.Problem() is { } problem)
        {
            return problem;
        }

        var files = SkillFiles.Write(request, tools.Value);
        var file = Path.Combine(SkillLeftovers.FolderIn(request.Home), $"{request.Run}.{request.Number}.json");
        var record = new SkillRecord(
            request.Run,
            request.Place.Folder,
            Path.Combine(Path.GetDirectoryName(request.Place.Folder)!, $".{request.Place.Name}.{request.Run}.tmp"),
            files.ToDictionary(f => f.Key, f => Convert.ToHexStringLower(SHA256.HashData(f.Value.Content))),
            [.. request.Place.Parents.Where(p => !Directory.Exists(p))]);
        WriteTurn? turn = null;
        try
        {
            turn = await WriteTurn.TakeAsync(file, TimeSpan.FromSeconds(10), cancel) ?? throw new IOException("another program holds its record");
            WholeFile.Write(file, record.ToBytes(), Private);
            Write(request.Place, record, files);
            return new InstalledSkill(request.Place, tools.Value, file, record, turn);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            if (turn is not null)
            {
                SkillLeftovers.Remove(record);
                File.Delete(file);
                turn.Dispose();
            }

            cancel.ThrowIfCancellationRequested();
            return request.Place.Problem() ?? SkillDiagnostics.NotWritten.Now(request.Place.Folder, failed.Message);
        }
    }

    /// <summary>Removes what was written; a warning for each thing that is left (CAP5504, CAP5511).</summary>
    public IReadOnlyList<Diagnostic> Remove()
    {
        try
        {
            var left = SkillLeftovers.Remove(_record);
            File.Delete(_file);
            return left;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [SkillDiagnostics.NotRemoved.Now(Place.Folder, problem.Message)];
        }
        finally
        {
            _turn.Dispose();
        }
    }

    private static async Task<Result<IReadOnlyList<McpTool>>> ToolsAsync(Uri address, CancellationToken cancel)
    {
        var client = await McpToolClient.ConnectAsync(address, null, cancel);
        if (!client.Succeeded)
        {
            return Result.Failed<IReadOnlyList<McpTool>>(client.Diagnostics);
        }

        await using var open = client.Value;
        return await open.ListAsync(cancel);
    }

    private static void Write(SkillPlace place, SkillRecord record, IReadOnlyDictionary<string, (byte[] Content, bool Program)> files)
    {
        foreach (var parent in place.Parents)
        {
            Directory.CreateDirectory(parent);
        }

        Directory.CreateDirectory(record.Fresh);
        foreach (var (name, (content, program)) in files)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = program ? Private | UnixFileMode.UserExecute : Private;
            }

            using var file = new FileStream(Path.Combine(record.Fresh, name), options);
            file.Write(content);
        }

        // Fails where the name was taken meanwhile.
        Directory.Move(record.Fresh, record.Folder);
    }
}
