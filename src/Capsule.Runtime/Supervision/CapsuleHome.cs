using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// The folder that holds everything of ours on this machine (design.md 9): <c>CAPSULE_HOME</c>, else <c>~/.capsule</c>.
/// It and its folders are made on demand with mode 0700.
/// </summary>
/// <param name="Root">Absolute path.</param>
public sealed record CapsuleHome(string Root)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Store => Folder("store");

    public string Toolchains => Folder("toolchains");

    /// <summary>One folder per run: its lock, its record, and what it needs while it lives.</summary>
    public string Runs => Folder("runs");

    /// <summary>One folder per run with one file per process; outlives the run.</summary>
    public string Logs => Folder("logs");

    public string Cache => Folder("cache");

    /// <summary>What packages keep between runs.</summary>
    public string State => Folder("state");

    /// <summary>One file per package that somebody agreed to run.</summary>
    /// <summary>Repositories that packages are taken from.</summary>
    public string Sources => Folder("sources");

    public string Consent => Folder("consent");

    public string Config => Path.Combine(Root, "config.toml");

    /// <summary>Finds the folder from the environment.</summary>
    public static Result<CapsuleHome> Find()
    {
        var named = Environment.GetEnvironmentVariable("CAPSULE_HOME");
        if (!string.IsNullOrEmpty(named))
        {
            return Path.IsPathFullyQualified(named)
                ? new CapsuleHome(Path.TrimEndingDirectorySeparator(Path.GetFullPath(named)))
                : SupervisionDiagnostics.RelativeHome.Now(named);
        }

        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return string.IsNullOrEmpty(user) ? SupervisionDiagnostics.NoHome.Now() : new CapsuleHome(Path.Combine(user, ".capsule"));
    }

    private string Folder(string name)
    {
        var path = Path.Combine(Root, name);
        MakePrivate(Root);
        MakePrivate(path);
        return path;
    }

    internal static void MakePrivate(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Private);
        }
    }
}
