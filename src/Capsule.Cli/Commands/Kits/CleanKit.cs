using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Operations.Kits.Describing;
using Capsule.Operations.Kits.Storage;

namespace Capsule.Cli.Commands.Kits;

/// <summary><c>kit clean</c>: what runs of a Kit left on this machine.</summary>
internal static class CleanKit
{
    private const double Megabyte = 1_000_000;

    public static Command Make(VerbDefiner define)
    {
        var kit = CommonOptions.Source();
        var state = new Option<bool>("--state") { Description = "Remove what workloads kept in their homes too; nothing makes that again." };
        return define("clean", "Removes what runs of a Kit left on this machine and the next run makes again: caches and kept preparations. The Kit's folder and its secrets stay.\n\nExample: capsule kit clean ./my-kit",
            [kit, state], async (context, cancel) => Answer.From(
                await KitDescription.ReadAsync(context.FullPath(context.Get(kit)), cancel),
                found =>
                {
                    var cleaned = KitStorage.Clean(context.Home, found.Manifest.Name.Value, context.Get(state), cancel);
                    var bytes = cleaned.Removed.Sum(u => u.Bytes);
                    return Answer.Ok(
                        string.Create(CultureInfo.InvariantCulture, $"removed {cleaned.Removed.Count} folders, {bytes / Megabyte:F1} MB"),
                        new JsonObject
                        {
                            ["kit"] = found.Manifest.Name.Value,
                            ["bytes"] = bytes,
                            ["removed"] = new JsonArray([.. cleaned.Removed.Select(u => new JsonObject { ["kind"] = u.Kind, ["workload"] = u.Owner!.Value.Workload, ["bytes"] = u.Bytes })]),
                            ["inUse"] = new JsonArray([.. cleaned.InUse.Select(u => JsonValue.Create(u.Owner!.Value.Workload))]),
                        },
                        cleaned.Problems) with
                    { Exit = cleaned.Problems.Count > 0 ? cleaned.Problems[0].Kind.Exit : Core.Diagnostics.ExitCode.Ok };
                }));
    }
}
