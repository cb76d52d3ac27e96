using System.CommandLine;

namespace Capsule.Cli.Shell;

/// <summary>
/// Makes the command of a verb for one of the programs that have it: <see cref="Verb.Define"/> for <c>capsule</c>. The verb itself is written once.
/// </summary>
/// <param name="name">The verb.</param>
/// <param name="summary">One sentence for --help, with one example after a blank line.</param>
/// <param name="symbols">Its arguments and options, in the order of --help.</param>
/// <param name="run">The work.</param>
internal delegate Command VerbDefiner(string name, string summary, IReadOnlyList<Symbol> symbols, Func<VerbContext, CancellationToken, Task<Answer>> run);
