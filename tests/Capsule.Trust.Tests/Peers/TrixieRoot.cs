using Capsule.Tests;

namespace Capsule.Trust.Tests.Peers;

/// <summary>
/// Debian trixie as a root of its own: OpenSSL 3.5, which has ML-DSA, and this machine's .NET, which finds it there. Without a network; the
/// given folders are at their own paths, read-only, and those to write to as well.
/// </summary>
internal sealed class TrixieRoot(params string[] folders)
{
    /// <summary>The .NET host, inside.</summary>
    public const string Dotnet = "/dotnet/dotnet";

    private readonly string _root = Capsule.Tests.Peers.Path("trixie");

    /// <summary>A folder that programs inside may write to; null when there is none.</summary>
    public string? Writable { get; init; }

    public Task<Command> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? input = null)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] root =
        [
            "--unshare-all", "--die-with-parent", "--tmpfs", "/", "--ro-bind", Path.Combine(_root, "usr"), "/usr",
            "--ro-bind", Path.Combine(_root, "etc"), "/etc", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp",
            "--ro-bind", Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")), "/dotnet",
            "--setenv", "HOME", "/tmp", "--setenv", "DOTNET_ROOT", "/dotnet",
        ];
        var bound = folders.SelectMany(f => new[] { "--ro-bind", f, f });
        string[] writable = Writable is null ? [] : ["--bind", Writable, Writable, "--chdir", Writable];
        return Command.RunAsync("bwrap", [.. root, .. bound, .. writable, "--", program, .. arguments], environment: environment, input: input);
    }
}
