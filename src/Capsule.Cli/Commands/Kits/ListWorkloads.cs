using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Operations.Kits.Describing;
using Capsule.Operations.Kits.Workloads;

namespace Capsule.Cli.Commands.Kits;

/// <summary><c>kit workloads list</c>.</summary>
internal static class ListWorkloads
{
    public static Command Make(VerbDefiner define)
    {
        var kit = CommonOptions.Source();
        return define("list", "Lists the workloads of a Kit: what they are, where they answer, and whom they may call.\n\nExample: capsule kit workloads list", [kit], async (context, cancel) => Answer.From(
            await KitDescription.ReadAsync(context.FullPath(context.Get(kit)), cancel),
            found => WorkloadSummary.Of(found.Manifest) is var all ? Answer.Ok(string.Join('\n', all.Select(Line)), new JsonArray([.. all.Select(Describe)])) : Answer.Ok()));
    }

    private static string Line(WorkloadSummary workload) =>
        $"{workload.Id}  [{workload.Shape}] {workload.Detail}; {(workload.Endpoints.Count == 0 ? "no endpoint" : string.Join(", ", workload.Endpoints.Select(e => $"{e.Protocol} {e.Path}")))}"
        + (workload.Connections.Count == 0 ? "" : $"; calls {string.Join(", ", workload.Connections)}");

    private static JsonObject Describe(WorkloadSummary workload) => new()
    {
        ["id"] = workload.Id,
        ["shape"] = workload.Shape,
        ["detail"] = workload.Detail,
        ["endpoints"] = new JsonArray([.. workload.Endpoints.Select(e => new JsonObject { ["protocol"] = e.Protocol, ["path"] = e.Path })]),
        ["connections"] = new JsonArray([.. workload.Connections.Select(c => JsonValue.Create(c))]),
    };
}
