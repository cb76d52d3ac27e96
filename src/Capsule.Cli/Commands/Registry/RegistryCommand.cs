using System.CommandLine;
using Capsule.Cli.Commands.Registry;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule registry …</c>: looks for Kits in a catalog.</summary>
internal static class RegistryCommand
{
    public static Command Make() => Make(Verb.Define, "capsule");

    /// <param name="define">For which program.</param>
    /// <param name="program">How it is called.</param>
    public static Command Make(VerbDefiner define, string program) => new("registry", $"Looks for Kits in a catalog.\n\nExample: {program} registry search --tag mcp")
    {
        CatalogTags.Make(define, program),
        CatalogSearch.Make(define, program),
        CatalogInfo.Make(define, program),
    };
}
