using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Running;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule plan [PATH]</c>: what would run, allowed what, before anything runs.</summary>
internal static class PlanCommand
{
    public static Command Make()
    {
        var path = CommonOptions.Source();
        var target = CommonOptions.Target();
        var kind = new Option<string>("--kind") { Description = "Which plan: launch, pack or test.", DefaultValueFactory = _ => "launch", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong("launch", "pack", "test");
        var launch = new LaunchOptions();
        return Verb.Define("plan", "Prints what would run and what it would be allowed, as JSON; starts nothing.\n\nExample: capsule plan ./my-kit",
            [path, target, kind, .. launch.Symbols], (context, _) => Task.FromResult(Answer.From(
                SourcePackage.Compile(context.FullPath(context.Get(path)), target: context.Get(target)),
                source => Tell(source, context.Get(kind), launch.Read(context)))));
    }

    private static Answer Tell(SourcePackage source, string kind, LaunchChoices choices)
    {
        var compiled = source.Compiled;
        var json = kind switch
        {
            "pack" => PlanJson.Write(compiled.Pack, indented: true),
            "test" when compiled.Tests is { } tests => PlanJson.Write(tests, indented: true),
            "launch" when compiled.Launch is { } launch => PlanJson.Write(choices.Apply(launch), indented: true),
            _ => null,
        };
        return json is null
            ? Answer.Failed(CommandDiagnostics.NoSuchPlan.In(source.ManifestPath, compiled.Package.Family, compiled.Package.Name, kind))
            : Answer.Ok(json, JsonNode.Parse(json));
    }
}
