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
        var kind = new Option<string>("--kind") { Description = "Which plan: launch, pack or test.", DefaultValueFactory = _ => "launch", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong("launch", "pack", "test");
        var (selection, launch, given) = (new SelectionOptions(), new LaunchOptions(), new GrantOptions());
        return Verb.Define("plan", "Says what would run and what it asks for; starts nothing.\n\nExample: capsule plan ./my-kit",
            [package, .. selection.Symbols, kind, .. given.Symbols, .. launch.Symbols], async (context, cancel) =>
            {
                var found = await RunTarget.FindAsync(context, context.Get(package), selection.Read(context), requireLock: false, cancel);
                if (!found.Succeeded)
                {
                    return Answer.Failed(found.Diagnostics);
                }

                context.Voice.Found(found.Value);
                var grants = given.Read(context, found.Value.Compiled.Launch, found.Value.Folder);
                return grants.Succeeded
                    ? Answer.From(found, target => Tell(target, context.Get(kind), launch.Read(context), grants.Value))
                    : Answer.Failed([.. found.Diagnostics, .. grants.Diagnostics]);
            });
    }

    private static Answer Tell(RunTarget target, string kind, LaunchChoices choices, Grants grants) => kind switch
    {
        "pack" => Json(PlanJson.Write(target.Compiled.Pack, indented: true)),
        "test" when target.Compiled.Tests is { } tests => Json(PlanJson.Write(tests, indented: true)),
        "launch" when target.Compiled.Launch is { } plan => Launch(choices.Apply(plan), target, grants),
        _ => Answer.Failed(CommandDiagnostics.NoSuchPlan.Now(target.Compiled.Package.Family, target.Compiled.Package.Name, kind)),
    };

    private static Answer Json(string plan) => Answer.Ok(plan, JsonNode.Parse(plan));

    private static Answer Launch(LaunchPlan plan, RunTarget target, Grants grants)
    {
        var data = PlanWords.Data(plan, grants, target.Subject?.Content);
        data["origin"] = OriginJson.Of(target);
        return Answer.Ok(PlanWords.Of(plan, grants, target.Subject?.Content), data);
    }
}
