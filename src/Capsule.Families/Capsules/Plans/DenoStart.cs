using Capsule.Core.Plans;
using Capsule.Families.Capsules.Deno;

namespace Capsule.Families.Capsules.Plans;

/// <summary>
/// A Deno program. Deno's own permissions say what the cell allows and no more: its refusals explain themselves, and starting other programs or
/// loading native code is not among them. An author who needs that writes the command (<c>cmd = ["deno", "run", …]</c>); the cell holds all the same.
/// </summary>
internal static class DenoStart
{
    private const string Program = "deno";
    private const string Modules = $"{PrivateFolders.Cache}/deno";

    /// <param name="toolchain">Which Deno.</param>
    /// <param name="entrypoint">The program's file inside the sandbox.</param>
    /// <param name="words">Its arguments; or the author's own words after <c>deno</c>.</param>
    /// <param name="own">True when the words are the whole command.</param>
    /// <param name="packages">Its lock; null when it has none.</param>
    /// <param name="network">How far the cell lets it reach.</param>
    public static StartCommand Of(
        ToolchainPlan toolchain, string entrypoint, IReadOnlyList<string> words, bool own, DenoPackages? packages, NetworkMode network)
    {
        string[] locked = packages is null ? ["--no-lock"] : [$"--lock={AppFolder.Path(packages.Lock)}", "--frozen"];
        return new(own
            ? [Program, .. words]
            : [Program, "run", "--no-prompt", "--cached-only", .. locked, .. Permissions(network), entrypoint, .. words])
        {
            Toolchain = toolchain,
            Env = Env(),
            Prepare = packages is { Fetches: true } ? new PrepareCommand(toolchain, [Program, "cache", .. locked, entrypoint], Fetches: true) : null,
        };
    }

    public static IReadOnlyDictionary<string, string> Env() => new Dictionary<string, string>
    {
        ["DENO_DIR"] = Modules,
        ["DENO_NO_PROMPT"] = "1",
        ["DENO_NO_UPDATE_CHECK"] = "1",
        ["DENO_TLS_CA_STORE"] = "system",
    };

    private static IEnumerable<string> Permissions(NetworkMode network)
    {
        string[] mine = [PrivateFolders.Home, PrivateFolders.Cache, PrivateFolders.Temporary];
        yield return "--allow-env";
        yield return "--allow-sys";
        yield return $"--allow-read={string.Join(',', mine.Prepend(AppFolder.Path("")))}";
        yield return $"--allow-write={string.Join(',', mine)}";

        // What was checked against the lock is not for the program to change.
        yield return $"--deny-write={Modules}";
        if (network is NetworkMode.Loopback)
        {
            yield return "--allow-net=127.0.0.1,localhost,0.0.0.0,[::1],[::]";
        }
        else if (network is not NetworkMode.None)
        {
            // Which hosts: the cell's proxy decides, suffixes included, which Deno's list does not know.
            yield return "--allow-net";
        }
    }
}
