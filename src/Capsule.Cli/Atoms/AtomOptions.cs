using System.CommandLine;
using Capsule.Operations.Atoms;

namespace Capsule.Cli.Atoms;

/// <summary>The options that all commands about atoms share.</summary>
internal sealed class AtomOptions
{
    public Option<string?> Catalog { get; } = new("--catalog") { Description = "The folder of the catalog; otherwise the nearest one above with ATOMS.yml.", HelpName = "PATH", Recursive = true };

    public Option<string?> Config { get; } = new("--config") { Description = "A settings file instead of ~/.atoms/config.toml.", HelpName = "PATH", Recursive = true };

    public Option<bool> Strict { get; } = new("--strict") { Description = "Count warnings and notices as errors.", Recursive = true };

    public IReadOnlyList<Option> All => [Catalog, Config, Strict];

    public static string UserHome =>
        Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public AtomCall Call(ParseResult line, string workingDirectory, string? path) => new()
    {
        WorkingDirectory = workingDirectory,
        UserHome = UserHome,
        Catalog = line.GetValue(Catalog),
        Config = line.GetValue(Config),
        Strict = line.GetValue(Strict),
        Path = path,
    };
}
