using System.Text.Json.Nodes;

namespace Capsule.Cli.Shell;

/// <summary>Where a stranger's package comes from, for programs.</summary>
internal static class OriginJson
{
    /// <summary>Null for a project and an installed package.</summary>
    public static JsonObject? Of(RunTarget? target) => target?.Foreign is not { } stranger ? null : new JsonObject
    {
        ["kind"] = stranger.IsFile ? "file" : "git",
        ["name"] = stranger.Name,
        ["from"] = stranger.Origin,
        ["ref"] = stranger.Ref,
        ["commit"] = stranger.Commit,
        ["tree"] = stranger.Identity,
    };
}
