using System.Text.Json.Nodes;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Shell;

/// <summary>A refusal as <c>run</c> and <c>logs</c> print it with --json.</summary>
internal static class DenialJson
{
    public static JsonObject Of(Denial denial)
    {
        var json = new JsonObject
        {
            ["process"] = denial.Process,
            ["operation"] = denial.Operation.ToString().ToLowerInvariant(),
            ["target"] = denial.Target,
            ["reason"] = denial.Reason,
            ["permission"] = denial.Permission,
            ["grant"] = denial.Grant,
            ["file"] = denial.File,
            ["line"] = denial.Line,
            ["column"] = denial.Column,
        };

        // Only some kinds of refusals have these.
        if (denial.Program is { } program)
        {
            json["program"] = program;
        }

        if (denial.Value is { } value)
        {
            json["value"] = value;
        }

        if (denial.Count is { } count)
        {
            json["count"] = count;
        }

        return json;
    }
}
