using System.IO.Enumeration;

namespace Capsule.Runtime.Shadows;

/// <summary>Why names of one kind are never written back.</summary>
/// <param name="Reason">One clause, as it is printed behind the name.</param>
/// <param name="Patterns">Names at any depth, <c>*</c> for any text; upper and lower case are the same.</param>
public sealed record ProtectedNameGroup(string Reason, params IReadOnlyList<string> Patterns)
{
    /// <summary>True where a folder of such a name is meant too.</summary>
    public bool Folders { get; init; }
}

/// <summary>
/// Names that no workload may write into a project (specs: sandbox 1.2, 2): on the host a program acts on each of them without being
/// asked to run this project's code, and that would be a way out of the sandbox. The list is written here and nowhere else; the page on
/// running shows it, and a test compares the two.
/// </summary>
public static class ProtectedNames
{
    /// <summary>Hidden names that no program acts on.</summary>
    private static readonly string[] HarmlessHidden = [".gitkeep", ".keep", ".well-known"];

    public static IReadOnlyList<ProtectedNameGroup> All { get; } =
    [
        new("hidden: version control and its hooks, editors, CI, direnv, shells, npm and agents read such names unasked", ".*") { Folders = true },
        new("version control's own folders, and a short name of one", "CVS", "_darcs", "_svn", "git~*") { Folders = true },
        new("MSBuild runs what it says in every build", "*.*proj", "*.projitems", "*.props", "*.targets", "*.tasks", "*.overridetasks", "*.user", "*.pubxml", "*.sln", "*.slnx", "*.slnf", "*.rsp", "Directory.*.*"),
        new("the .NET command line obeys it: which SDK, which feeds, which tools, what to start", "global.json", "nuget.config", "packages.config", "packages.lock.json", "dotnet-tools.json", "dotnet.config", "launchSettings.json", "*.runsettings"),
        new("version control: a folder with it is a repository, whose settings name programs", "HEAD", "_FOSSIL_", "lefthook*"),
        new("CI runs what it says, with the project's secrets", "azure-pipelines*", "Jenkinsfile*", "appveyor.y*ml", "bitbucket-pipelines.y*ml", "cloudbuild.y*ml", "buildspec.y*ml", "wercker.yml"),
        new("bun, pnpm and yarn load what it names before any script", "bunfig.toml", "pnpmfile.*", "pnpm-workspace.yaml"),
        new("editors run it, or what it names, when a folder or file opens", "*.code-workspace", "*.sublime-project", "*.iml", "*.ipr", "*.DotSettings", "devcontainer.json", "eslint.config.*", "prettier.config.*", "stylelint.config.*", "pylintrc"),
        new("language servers and completion evaluate it to know the project", "build.rs", "rust-toolchain*", "*.gradle", "*.gradle.kts", "gradle.properties", "gradlew*", "gradle-wrapper.*", "CMakeLists.txt", "CMake*Presets.json", "Makefile", "GNUmakefile", "*.mk", "pyvenv.cfg"),
        new("shells and interpreters that start in the folder load it", "flake.nix", "shell.nix", "default.nix", "devbox.json", "mise.toml", "mise.*.toml", "sitecustomize.py", "usercustomize.py", "*.pth"),
        new("a desktop starts what it names", "*.desktop", "*.lnk", "*.url", "desktop.ini", "autorun.inf"),
        new("it decides what capsule trusts and starts", "capproj.lock", "capsule.lock", "trust.toml", "*.sigstore.jsonl"),
    ];

    /// <summary>Why a file of this name is never written back; null when it may be.</summary>
    public static string? OfFile(string name) => Reason(name, All);

    /// <summary>Why nothing in a folder of this name is ever written back; null when it may be.</summary>
    public static string? OfFolder(string name) => Reason(name, All.Where(g => g.Folders));

    private static string? Reason(string name, IEnumerable<ProtectedNameGroup> groups)
    {
        // Other file systems, on which the project may lie, drop dots and spaces at the end and what stands behind a colon.
        var plain = name.Split(':')[0].TrimEnd('.', ' ');
        return HarmlessHidden.Contains(name, StringComparer.Ordinal)
            ? null
            : groups.FirstOrDefault(g => g.Patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, plain) || FileSystemName.MatchesSimpleExpression(p, name)))?.Reason;
    }
}
