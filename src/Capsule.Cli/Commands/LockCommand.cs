using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Families;
using Capsule.Packaging.Locking;
using Capsule.Runtime.Toolchains;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule lock [PATH]</c>: pins the toolchains in <c>capproj.lock</c>; the only verb that writes it.</summary>
internal static class LockCommand
{
    public static Command Make()
    {
        var path = CommonOptions.Source();
        var sdk = new Option<string?>("--sdk") { Description = "The version of Capsule.Sdk that the project builds with.", HelpName = "VERSION" };
        return Verb.Define("lock", "Pins the toolchains and repositories that a package needs, version and content, in capproj.lock.\n\nExample: capsule lock ./my-kit", [path, sdk],
            (context, cancel) => RunAsync(context, context.FullPath(context.Get(path)), context.Get(sdk), cancel));
    }

    private static async Task<Answer> RunAsync(VerbContext context, string path, string? sdk, CancellationToken cancel)
    {
        var source = await SourcePackage.ResolveAsync(context.Home, path, manifest => new CompileRequest { ManifestPath = manifest }, followLock: false, cancel);
        if (!source.Succeeded)
        {
            return Answer.Failed(source.Diagnostics);
        }

        var pins = await ToolchainLock.PinAsync(new ToolchainResolver(context.Home), source.Value.Compiled.Toolchains, cancel);
        if (!pins.Succeeded)
        {
            return Answer.Failed(pins.Diagnostics);
        }

        var file = source.Value.LockPath;
        if (source.Diagnostics.FirstOrDefault(d => d.Code == "CAP4305") is { } old)
        {
            return Answer.Failed([old with { Severity = Severity.Error }]);
        }

        var present = File.Exists(file) ? LockFile.Load(file).Value : null;
        var written = new LockFile { Sdk = sdk ?? present?.Sdk, Toolchains = pins.Value, Dependencies = source.Value.Pins }.Save(file);
        return Answer.From(written, locked => Answer.Ok(
            string.Join('\n', [file, .. locked.Toolchains.Select(t => $"{t.Name} {t.Version}"), .. locked.Dependencies.Select(d => $"{d.Name} {d.Commit}")]),
            new JsonObject
            {
                ["lock"] = file,
                ["toolchains"] = new JsonArray([.. locked.Toolchains.Select(t => new JsonObject { ["name"] = t.Name, ["version"] = t.Version })]),
                ["dependencies"] = new JsonArray([.. locked.Dependencies.Select(d => new JsonObject { ["name"] = d.Name, ["git"] = d.Git, ["commit"] = d.Commit, ["tree"] = d.Tree })])
            }));
    }
}
