using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule explain [CODE]</c>: what a code means and what to do; without a code, all of them.</summary>
internal static class ExplainCommand
{
    public static Command Make()
    {
        var code = new Argument<string?>("CODE") { Description = "For example CAP0231, or a reference system's code such as E002.", Arity = ArgumentArity.ZeroOrOne };
        return Verb.Define("explain", "Tells what a diagnostic code means and what to do.\n\nExample: capsule explain CAP0231", [code],
            (context, _) => Task.FromResult(Explain(context.Get(code))));
    }

    private static Answer Explain(string? code)
    {
        var catalog = Catalog.All;
        if (code is null)
        {
            return Answer.Ok(string.Join('\n', catalog.Kinds.Select(k => $"{k.Code}  {k.Message}")), new JsonArray([.. catalog.Kinds.Select(Describe)]));
        }

        var kinds = catalog.Find(code);
        return kinds.Count == 0
            ? Answer.Failed(CommandDiagnostics.UnknownCode.Now(code))
            : Answer.Ok(string.Join("\n\n", kinds.Select(Core.Diagnostics.Explain.Text)), new JsonArray([.. kinds.Select(Describe)]));
    }

    private static JsonObject Describe(DiagnosticKind kind) => new()
    {
        ["code"] = kind.Code,
        ["severity"] = kind.Severity.ToString().ToLowerInvariant(),
        ["message"] = kind.Message,
        ["hint"] = kind.Hint,
        ["exit"] = (int)kind.Exit,
        ["aliases"] = new JsonArray([.. kind.Aliases.Select(a => JsonValue.Create(a))]),
    };
}
