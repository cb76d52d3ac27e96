namespace Capsule.Cli.Shell;

/// <summary>How this program is started again by others, wherever they stand.</summary>
internal static class OwnProgram
{
    /// <summary>Absolute paths: the program, or the host and what it is to run.</summary>
    public static IReadOnlyList<string> Words { get; } = Environment.ProcessPath is { } process && Path.GetFileNameWithoutExtension(process) != "dotnet"
        ? [process]
        : [Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "capsule.dll")];
}
