using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;

namespace Capsule.Cli.Commands;

/// <summary>A launch plan for people, and the same for programs.</summary>
internal static class PlanWords
{
    public static string Of(LaunchPlan plan, Grants grants, string? content)
    {
        var text = new StringBuilder();
        text.Append(plan.Package.Name).Append(plan.Package.Version is { } version ? " " + version : "").Append(", a ").Append(plan.Package.Family).Append('\n');
        Section(text, "It runs", [.. plan.Cells.SelectMany(c => c.Processes).Select(p => (p.Id, p.Shell ?? string.Join(' ', p.Argv ?? [])))]);
        Section(text, "It answers on the loopback of this machine", [.. plan.Public.Select(r => (r.Prefix, r.Process ?? $"the files in {(r.Files is { Length: > 0 } folder ? folder : "the package")}"))]);
        var asked = PermissionSummary.Of(plan);
        if (asked.Count == 0)
        {
            text.Append("It asks for nothing but its own files, folders and memory.\n");
        }
        else
        {
            Section(text, "It asks for", [.. asked.Select(p => (p.Text, Place(p.Origin)))]);
        }

        Section(text, "It needs folders of yours", [.. GrantSummary.Asked(plan).Select(m => (GrantSummary.Line(m), grants.Mounts.GetValueOrDefault(m.Id) ?? $"give it with --mount {m.Id}=PATH"))]);
        Section(text, "You give it the machine's network", grants.HostNetwork ? [(GrantSummary.HostNetwork, "")] : []);
        text.Append("Permissions ").Append(PlanHash.OfPermissions(plan));
        if (GrantSummary.Of(grants).Count > 0)
        {
            text.Append("\nWith what you give ").Append(PlanHash.OfConsent(plan, grants));
        }

        return (content is null ? text : text.Append("\nFor this content ").Append(PlanHash.OfConsent(plan, grants, content))).ToString();
    }

    public static JsonObject Data(LaunchPlan plan, Grants grants, string? content) => new()
    {
        ["plan"] = JsonNode.Parse(PlanJson.Write(plan)),
        ["planHash"] = PlanHash.Of(plan),
        ["permissionHash"] = PlanHash.OfPermissions(plan),
        ["grantsHash"] = PlanHash.OfGrants(grants),
        ["consentHash"] = PlanHash.OfConsent(plan, grants, content),
        ["grants"] = GrantJson.Of(grants),
        ["permissions"] = new JsonArray([.. PermissionSummary.Of(plan).Select(p => new JsonObject
        {
            ["text"] = p.Text,
            ["file"] = p.Origin?.File,
            ["pointer"] = p.Origin?.Pointer,
            ["line"] = p.Origin?.Range?.Line,
            ["column"] = p.Origin?.Range?.Column,
            ["grant"] = p.Grant,
        })]),
    };

    private static void Section(StringBuilder text, string title, IReadOnlyList<(string Left, string Right)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.Append(title).Append('\n');
        var width = rows.Max(r => r.Left.Length);
        foreach (var (left, right) in rows)
        {
            text.Append(TerminalText.Line($"  {left.PadRight(width)}  {right}").TrimEnd()).Append('\n');
        }
    }

    private static string Place(Origin? origin) => origin switch
    {
        { Range: { } at } => string.Create(CultureInfo.InvariantCulture, $"{origin.File}({at.Line},{at.Column})"),
        { } => $"{origin.File} {origin.Pointer}",
        null => "",
    };
}
