using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule validate [PATH]</c>: every rule of the family, every problem at once.</summary>
internal static class ValidateCommand
{
    public static Command Make()
    {
        var path = CommonOptions.Source();
        var target = CommonOptions.Target();
        return Verb.Define("validate", "Checks a manifest and everything it refers to; prints every problem with its line.\n\nExample: capsule validate ./my-kit",
            [path, target], (context, _) => Task.FromResult(Answer.From(
                SourcePackage.Compile(context.FullPath(context.Get(path)), target: context.Get(target)),
                source => Tell(context, source))));
    }

    private static Answer Tell(VerbContext context, SourcePackage source)
    {
        var package = source.Compiled.Package;
        context.Say($"{Path.GetRelativePath(context.WorkingDirectory, source.ManifestPath)} is valid: {package.Family} {package.Name}, {source.Compiled.Pack.Entries.Count} files");
        foreach (var reason in source.Compiled.LaunchNotYet)
        {
            context.Say($"it will not run yet: {reason.Code} {reason.Message}");
        }

        return Answer.Ok(data: new JsonObject
        {
            ["manifest"] = source.ManifestPath,
            ["family"] = package.Family,
            ["name"] = package.Name,
            ["version"] = package.Version,
            ["files"] = source.Compiled.Pack.Entries.Count,
            ["runs"] = source.Compiled.Launch is not null && source.Compiled.LaunchNotYet.Count == 0,
        });
    }
}
