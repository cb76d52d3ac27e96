using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families;
using Capsule.Operations.Running;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule plan [PACKAGE]</c>: what would run, allowed what, before anything runs.</summary>
internal static class PlanCommand
{
    public static Command Make()
    {
        var package = CommonOptions.Package();
        package.Description = "A folder with a manifest, the manifest, or publisher/slug[@version].";
        var kind = new Option<string>("--kind") { Description = "Which plan: launch, pack or test.", DefaultValueFactory = _ => "launch", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong("launch", "pack", "test");
        var (selection, launch, given) = (new SelectionOptions(), new LaunchOptions(), new GrantOptions());
        return Verb.Define("plan", "Says what would run and what it asks for; starts nothing.\n\nExample: capsule plan ./my-kit",
            [package, .. selection.Symbols, kind, .. given.Symbols, .. launch.Symbols], async (context, cancel) =>
            {
                var found = await CompileAsync(context, context.Get(package), selection.Read(context), cancel);
                if (!found.Succeeded)
                {
                    return Answer.Failed(found.Diagnostics);
                }

                var (compiled, folder) = found.Value;
                var grants = given.Read(context, compiled.Launch, folder);
                return grants.Succeeded
                    ? Answer.From(Result.Of(compiled, found.Diagnostics), c => Tell(c, context.Get(kind), launch.Read(context), grants.Value))
                    : Answer.Failed([.. found.Diagnostics, .. grants.Diagnostics]);
            });
    }

    private static async Task<Result<Found>> CompileAsync(VerbContext context, string package, PackageSelection selection, CancellationToken cancel)
    {
        var found = await RunTarget.FindAsync(context, package, selection, requireLock: false, cancel);
        return found.Succeeded ? Result.Of(new Found(found.Value.Compiled, found.Value.Folder), found.Diagnostics) : Result.Failed<Found>(found.Diagnostics);
    }

    private static Answer Tell(CompiledPackage compiled, string kind, LaunchChoices choices, Grants grants) => kind switch
    {
        "pack" => Json(PlanJson.Write(compiled.Pack, indented: true)),
        "test" when compiled.Tests is { } tests => Json(PlanJson.Write(tests, indented: true)),
        "launch" when compiled.Launch is { } plan => Launch(choices.Apply(plan), grants),
        _ => Answer.Failed(CommandDiagnostics.NoSuchPlan.Now(compiled.Package.Family, compiled.Package.Name, kind)),
    };

    private static Answer Json(string plan) => Answer.Ok(plan, JsonNode.Parse(plan));

    private static Answer Launch(LaunchPlan plan, Grants grants) => Answer.Ok(PlanWords.Of(plan, grants), PlanWords.Data(plan, grants));

    private sealed record Found(CompiledPackage Compiled, string Folder);
}
