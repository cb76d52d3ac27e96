using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule store status</c>: how much room everything below CAPSULE_HOME takes.</summary>
internal static class StoreCommand
{
    private const double Megabyte = 1_000_000;

    public static Command Make() => new("store", "Looks after what capsule keeps on this machine.\n\nExample: capsule store status") { Status(Verb.Define) };

    internal static Command Status(VerbDefiner define)
    {
        var detailed = new Option<bool>("--detailed") { Description = "Show the state and cache of each workload too." };
        return define("status", "Says how much room packages, toolchains, sources, state, caches, runs and logs take.\n\nExample: capsule store status --detailed", [detailed], (context, cancel) =>
        {
            IReadOnlyList<DiskUse> all = [.. DiskUseReport.Kinds(context.Home, cancel), .. context.Get(detailed) ? DiskUseReport.Workloads(context.Home, cancel) : []];
            return Task.FromResult(Answer.Ok(string.Join('\n', all.Select(Line)), new JsonArray([.. all.Select(Describe)])));
        });
    }

    private static string Line(DiskUse use) => string.Create(CultureInfo.InvariantCulture, $"{use.Kind,-10}  {use.Bytes / Megabyte,10:F1} MB  {use.Files,8} files")
        + (use.Owner is { } owner ? $"  {owner.Package}/{owner.Workload}/{owner.Slot}{(use.InUse ? "  in use" : "")}" : "");

    private static JsonObject Describe(DiskUse use) => new()
    {
        ["kind"] = use.Kind,
        ["bytes"] = use.Bytes,
        ["files"] = use.Files,
        ["package"] = use.Owner?.Package,
        ["workload"] = use.Owner?.Workload,
        ["slot"] = use.Owner?.Slot,
        ["inUse"] = use.InUse,
        ["path"] = use.Path,
    };
}
