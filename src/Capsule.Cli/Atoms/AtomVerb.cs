using System.CommandLine;
using Capsule.Operations.Atoms;

namespace Capsule.Cli.Atoms;

/// <summary>
/// A command about atoms, once for both of its faces: <c>capsule atom NAME</c> and <c>atoms NAME</c>.
/// </summary>
/// <param name="Name">The verb; two words for one of a group.</param>
/// <param name="Summary">One sentence for --help.</param>
/// <param name="Example">A call without the program's name.</param>
/// <param name="Symbols">Its own arguments and options.</param>
/// <param name="Path">The argument that names the atom; null for commands that are about none of the catalog.</param>
/// <param name="Run">The work.</param>
/// <param name="Tell">What a person reads for one atom when it went well.</param>
internal sealed record AtomVerb(
    string Name,
    string Summary,
    string Example,
    IReadOnlyList<Symbol> Symbols,
    Argument<string>? Path,
    Func<AtomCall, ParseResult, CancellationToken, Task<AtomOutcome>> Run,
    Func<AtomResult, string> Tell)
{
    /// <summary>More lines about one atom, whether it went well or not, where the call asks for them.</summary>
    public Func<AtomResult, ParseResult, IReadOnlyList<string>> Explain { get; init; } = (_, _) => [];

    /// <summary>What a person asked to see; printed even when little is.</summary>
    public Func<AtomOutcome, IReadOnlyList<string>> Show { get; init; } = _ => [];

    public const string CacheSummary = "Lists, looks at, fetches and removes atoms of other catalogs that are kept on this machine.\n\nExample: {0} cache list";
}
