using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Commands;
using Capsule.Cli.Commands.Kits;
using Capsule.Cli.Commands.Mcp;
using Capsule.Cli.Commands.Secrets;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Capakit;

/// <summary>The commands of <c>capakit</c>, in the order of --help. Each call makes them anew: a symbol belongs to one command line.</summary>
internal static class CapakitVerbs
{
    public static IReadOnlyList<Command> All(VerbDefiner define) =>
    [
        Run(define),
        Test(define),
        Exec(define),
        new Command("kit", "Looks at, packages and edits a Kit.\n\nExample: capakit kit info")
        {
            KitInfo.Make(define, CapakitProgram.Name),
            PackageKit.Make(define),
            CleanKit.Make(define),
            new Command("workloads", "Lists and adds the workloads of a Kit.\n\nExample: capakit kit workloads list") { ListWorkloads.Make(define), AddWorkload.Make(define) },
            AgentsMd(define),
            new Command("secrets", "Keeps the secrets that Kits are given. A value is never an argument and is never shown.\n\nExample: capakit kit secrets list")
            {
                SetSecret.Make(define), ListSecrets.Make(define), RemoveSecret.Make(define), GenerateSecret.Make(define),
            },
        },
        RegistryCommand.Make(define, "capakit"),
        new Command("mcp", "Uses the tools of a Kit: of one that runs, or of one that is started for it.\n\nExample: capakit mcp list-tools")
        {
            ListTools.Make(define, kit: true), CallTool.Make(define, "--json", kit: true), ServeMcp.Make(define, kit: true),
        },
        new Command("storage", "Looks after what is kept on this machine.\n\nExample: capakit storage status") { StoreCommand.Status(define) },
        AgentsMd(define),
        ShowLicenses.Make(define),
    ];

    /// <summary>Below kit it has its older name.</summary>
    private static Command AgentsMd(VerbDefiner define) => new("agents-md", "What a coding agent should know to make or change a Kit.\n\nExample: capakit agents-md print")
    {
        AgentGuide.Make(define, "print", CapakitProgram.Name),
    };

    /// <summary>A Kit has no targets.</summary>
    private const string Target = "--target";

    private static IEnumerable<Symbol> OfAKit(SelectionOptions selection) => selection.Symbols.Where(s => s.Name != Target);

    private static Command Run(VerbDefiner define)
    {
        var options = new RunOptions { Package = new Argument<string>("SOURCE") { Description = "A Kit: its folder, an archive, the address of a git repository, or an installed package.", DefaultValueFactory = _ => "." } };
        var run = define("run", "Runs a Kit until Ctrl-C, and says where its public paths are.\n\nExample: capakit run . --mount models=~/models",
            [options.Package, .. options.Grants.Symbols, .. OfAKit(options.Selection), .. options.Secrets.Symbols, options.Port, options.Mode.Symbol, options.OnCall, options.Watch, options.Locked, .. options.Launch.Symbols, .. options.Consent.Symbols, .. options.Skill.Symbols],
            async (context, cancel) => await RunCommand.StayAsync(context, options, cancel) with { Data = null });
        run.Aliases.Add("up");
        return run;
    }

    private static Command Test(VerbDefiner define)
    {
        var options = new TestOptions();
        var path = new Argument<string?>("PATH") { Description = "The folder of the Kit; this one otherwise.", Arity = ArgumentArity.ZeroOrOne };
        var kit = new Option<string?>("--kit") { Description = "The folder of the Kit, instead of PATH.", HelpName = "PATH" };
        return define("test", "Runs the cases of a Kit's capability-test.yml.\n\nExample: capakit test --verbose", [path, kit, .. options.Symbols.Where(s => s != options.Package && s.Name != Target)], async (context, cancel) =>
        {
            if (context.Get(path) is { } twice && context.Get(kit) is { } named)
            {
                return Answer.Failed(CapakitDiagnostics.KitTwice.Now(twice, named));
            }

            var answer = await TestCommand.RunAsync(context, options, context.Get(kit) ?? context.Get(path) ?? ".", cancel);
            return answer with { Data = answer.Data is { } cases ? new JsonObject { ["passed"] = answer.Exit is ExitCode.Ok, ["cases"] = cases } : null };
        });
    }

    private static Command Exec(VerbDefiner define)
    {
        var options = new ExecOptions { Where = new Argument<string[]>("WORKLOAD") { Description = "The workload; it may be left away where there is only one.", Arity = new ArgumentArity(0, 2) } };
        var kit = new Option<string?>("--kit") { Description = "The folder of the Kit; this one otherwise.", HelpName = "PATH" };
        return define("exec", "Runs a command in the sandbox of a workload; what it changes is written back into the Kit.\n\nExample: capakit exec app -- bun add zod",
            [options.Where, options.Command, options.All, kit, .. options.Grants.Symbols, .. OfAKit(options.Selection), .. options.Secrets.Symbols, options.NoPrepare, options.NoWriteBack],
            async (context, cancel) =>
            {
                var call = ExecCall.Read(context, options, "capakit exec");
                return call.Succeeded
                    ? await ProjectExec.RunAsync(context, options, call.Value with { Where = context.Get(kit) ?? ".", Process = call.Value.Where }, cancel)
                    : Answer.Failed(call.Diagnostics);
            });
    }
}
