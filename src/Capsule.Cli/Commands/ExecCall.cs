using System.CommandLine.Parsing;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Commands;

/// <summary>The words of one call of <c>exec</c>, told apart.</summary>
/// <param name="Where">A run, a project or a workload; null for the project of the current folder.</param>
/// <param name="Process">A process or a cell of it; null for the only one.</param>
/// <param name="Command">Program and arguments.</param>
internal sealed record ExecCall(string? Where, string? Process, IReadOnlyList<string> Command)
{
    private const int MostWords = 2;

    /// <summary>What stands before <c>--</c> says where; without <c>--</c> that is the first word.</summary>
    /// <param name="context">The call.</param>
    /// <param name="options">Its options.</param>
    /// <param name="called">How the verb was called, for a message.</param>
    public static Result<ExecCall> Read(VerbContext context, ExecOptions options, string called = "capsule exec")
    {
        string[] all = [.. context.Get(options.Where) ?? [], .. context.Get(options.Command) ?? []];
        var tokens = context.Line.Tokens;
        var behind = tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).Skip(1).Count();
        var words = tokens.Any(t => t.Type == TokenType.DoubleDash) ? all.Length - behind : Math.Min(1, all.Length);
        var process = context.Get(options.Process);
        return words == all.Length ? Wrong("The command is missing: write it behind --.", called)
            : words > MostWords ? Wrong($"'{all[MostWords]}' is one word too many before --.", called)
            : words == MostWords && process is not null ? Wrong($"The process is named twice: {all[1]} and {process}.", called)
            : new ExecCall(words > 0 ? all[0] : null, words == MostWords ? all[1] : process, all[words..]);
    }

    private static Diagnostic Wrong(string what, string called) => CommandDiagnostics.Usage.Now(what, called);
}
