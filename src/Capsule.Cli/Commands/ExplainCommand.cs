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
        var pages = new Option<string?>("--pages") { Description = "Write the pages about all codes into this folder instead.", HelpName = "DIR" };
        var command = Verb.Define("explain", "Tells what a diagnostic code means and what to do.\n\nExample: capsule explain CAP0231", [code, pages],
            (context, _) => Task.FromResult(context.Get(pages) is { } folder ? WritePages(context.FullPath(folder)) : Explain(context.Get(code))));
        command.Validators.Add(line =>
        {
            if (line.GetValue(code) is not null && line.GetValue(pages) is not null)
            {
                line.AddError("--pages writes the pages about all codes and takes no CODE.");
            }
        });
        return command;
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

    private static Answer WritePages(string folder)
    {
        Directory.CreateDirectory(folder);
        var pages = HelpPages.Render(Catalog.All);
        foreach (var (name, text) in pages)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return Answer.Ok(data: new JsonArray([.. pages.Keys.Select(name => JsonValue.Create(name))]));
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
