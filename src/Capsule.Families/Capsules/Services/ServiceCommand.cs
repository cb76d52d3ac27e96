using Capsule.Core.Diagnostics;

namespace Capsule.Families.Capsules.Services;

/// <summary>The first word of a service's command line, and what it means.</summary>
internal static class ServiceCommand
{
    /// <summary>The runtime that the command asks for; null when it is a program of the package or of the system.</summary>
    public static string? ToolOf(string command) => ShellWords.Split(command)?.FirstOrDefault() switch
    {
        "deno" => "deno",
        "node" => "node",
        "python" or "python3" => "python",
        "uv" => "uv",
        _ => null,
    };

    /// <summary>The path in the package of a program that a service names by path; null for other programs.</summary>
    public static string? ProgramOf(string command, string folder) =>
        ShellWords.Split(command)?.FirstOrDefault() is { } head && head.Contains('/', StringComparison.Ordinal) && !head.StartsWith('/')
            ? ProjectPath.Normalise(ProjectPath.Join(folder, head)) ?? head
            : null;

    /// <summary>Programs that services name by path and that are not there.</summary>
    public static IEnumerable<Diagnostic> Missing(CapsuleManifest manifest, string project, string folder) =>
        from service in manifest.Services
        where service.Command is not null
        let program = ProgramOf(service.Command!.Value, folder)
        where program is not null && !File.Exists(Path.Combine(project, program))
        select CapsuleServiceDiagnostics.ProgramNotFound.At(service.Command!.Span, service.Name.Value, ShellWords.Split(service.Command.Value)![0]);
}
