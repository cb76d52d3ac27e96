using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Operations.Kits.Catalogs;
using Capsule.Operations.Secrets;

namespace Capsule.Cli.Commands.Registry;

/// <summary>What the verbs about a catalog share: which catalog is meant, and how a Kit of it is run.</summary>
/// <param name="program">How the program is called.</param>
internal sealed class RegistryCall(string program)
{
    public Option<string?> Registry { get; } = new("--registry")
    {
        Description = "The catalog: a file, a folder with apps.json, or a repository's address. Otherwise 'registry' of the table [kits] in config.toml.",
        HelpName = "PLACE",
    };

    public Task<Result<KitCatalog>> ReadAsync(VerbContext context, CancellationToken cancel) =>
        CatalogPlace.ReadAsync(context.Home, context.Get(Registry), context.WorkingDirectory, cancel);

    /// <summary>A line for a shell, whatever characters the address has.</summary>
    public string Run(CatalogEntry entry) => $"{program} run {SecretPlaces.Quoted(entry.Repository.ToString())}";
}
