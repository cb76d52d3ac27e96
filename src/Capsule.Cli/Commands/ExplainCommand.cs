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
        var pages = new Option<string?>("--pages") { Description = "Write the help pages into a folder.", HelpName = "FOLDER", Hidden = true };
        return Verb.Define("explain", "Tells what a diagnostic code means and what to do.\n\nExample: capsule explain CAP0231", [code, pages],
            (context, _) => Task.FromResult(context.Get(pages) is { } folder ? WritePages(context.FullPath(folder)) : Explain(context.Get(code))));
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

    /// <summary>For the packages, which carry the pages that their diagnostics link to.</summary>
    private static Answer WritePages(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in HelpPages.Render(Catalog.All))
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return Answer.Ok(folder, new JsonObject { ["folder"] = folder });
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
