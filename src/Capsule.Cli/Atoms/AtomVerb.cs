using System.CommandLine;
using Capsule.Operations.Atoms;

namespace Capsule.Cli.Atoms;

/// <summary>
/// A command about atoms, once for both of its faces: <c>capsule atom NAME</c> and <c>atoms NAME</c>.
/// </summary>
/// <param name="Name">The verb.</param>
/// <param name="Summary">One sentence for --help.</param>
/// <param name="Example">A call without the program's name.</param>
/// <param name="Symbols">Its own arguments and options.</param>
/// <param name="Path">The argument that names the atom.</param>
/// <param name="Run">The work.</param>
/// <param name="Tell">What a person reads for one atom when it went well.</param>
internal sealed record AtomVerb(
    string Name,
    string Summary,
    string Example,
    IReadOnlyList<Symbol> Symbols,
    Argument<string> Path,
    Func<AtomCall, ParseResult, CancellationToken, Task<AtomOutcome>> Run,
    Func<AtomResult, string> Tell)
{
    /// <summary>More lines about one atom, whether it went well or not, where the call asks for them.</summary>
    public Func<AtomResult, ParseResult, IReadOnlyList<string>> Explain { get; init; } = (_, _) => [];
}
