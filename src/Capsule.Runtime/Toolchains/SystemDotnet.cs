using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Toolchains;

/// <summary>The .NET SDKs below /usr, which every cell sees. The version is that of the newest SDK, which is the one that the program takes.</summary>
internal static class SystemDotnet
{
    private static readonly string[] Folders = ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/lib64/dotnet", "/usr/local/share/dotnet"];

    /// <summary>
    /// What the program needs in a cell: nothing written outside of HOME, nothing told to anyone, and no helper that would wait for a next
    /// build that never comes.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
    };

    public static IReadOnlyList<(SemanticVersion Version, string Program)> Find() =>
    [
        .. from folder in Folders
           let program = Path.Combine(folder, "dotnet")
           where File.Exists(program) && FileStatus.Of(folder) is { OnlyRootMayChange: true, IsLink: false } && FileStatus.Of(program) is { OnlyRootMayChange: true, IsLink: false }
           let newest = Newest(Path.Combine(folder, "sdk"))
           where newest is not null
           select (newest, program),
    ];

    private static SemanticVersion? Newest(string sdks) => !Directory.Exists(sdks)
        ? null
        : Directory.EnumerateDirectories(sdks).Select(d => SemanticVersion.TryParse(Path.GetFileName(d), out var version) ? version : null).Max();
}
