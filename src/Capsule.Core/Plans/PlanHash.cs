using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Capsule.Core.Text;

namespace Capsule.Core.Plans;

/// <summary>
/// Names of plans (specs: sandbox 3): SHA-256 in lower-case hex over the JCS form (RFC 8785). The ranges of origins are
/// left out, so that moving a line changes no name.
/// </summary>
public static class PlanHash
{
    /// <summary>The name of everything that a plan says.</summary>
    public static string Of(LaunchPlan plan) => Hash(PlanJson.ToNode(plan));

    /// <summary>
    /// The name of what a plan may do: mounts, network, listeners, peers, secrets and limits of each cell, and the exits. Consent is
    /// given to this.
    /// </summary>
    public static string OfPermissions(LaunchPlan plan)
    {
        var cells = PlanJson.ToNode(plan.Cells.Select(cell => new
        {
            cell.Id,
            cell.Mounts,
            Processes = cell.Processes.Select(p => new { p.Id, p.Network, p.Listen, p.Peers, p.Secrets, p.Limits }).ToArray(),
        }).ToArray());

        // Whoever may call an exit from outside matters too: behind it is a secret of the user's.
        return Hash(plan.Relays is null ? cells : PlanJson.ToNode(new
        {
            Cells = cells,
            plan.Relays,
            Public = plan.Public.Where(r => plan.Relays.Any(relay => relay.Id == r.Process)).ToArray(),
        }));
    }

    /// <summary>The name of what a user gave: the folders, the secrets' ids, the GPUs and the machine's network. The port is left out, for it widens nothing.</summary>
    public static string OfGrants(Grants grants) => Hash(PlanJson.ToNode(new { grants.Gpu, grants.HostNetwork, grants.Mounts, grants.Secrets }));

    /// <summary>
    /// What consent names: the permissions, and what was given for them. Where nothing has to be given it is
    /// <see cref="OfPermissions"/> itself.
    /// </summary>
    public static string OfConsent(LaunchPlan plan, Grants grants) => grants is { Mounts.Count: 0, Gpu: false, HostNetwork: false, Secrets: null or { Count: 0 } }
        ? OfPermissions(plan)
        : Hash(PlanJson.ToNode(new { GrantsHash = OfGrants(grants), PermissionHash = OfPermissions(plan) }));

    /// <summary>What consent to a stranger's package names: its content too.</summary>
    /// <param name="plan">What it asks for.</param>
    /// <param name="grants">What it is given.</param>
    /// <param name="content">Names the content; null for an installed package.</param>
    public static string OfConsent(LaunchPlan plan, Grants grants, string? content) =>
        content is null ? OfConsent(plan, grants) : Hash(PlanJson.ToNode(new { ConsentHash = OfConsent(plan, grants), Content = content }));

    private static string Hash(JsonNode node)
    {
        RemoveRanges(node);
        return Convert.ToHexStringLower(SHA256.HashData(Jcs.Canonicalize(node)));
    }

    private static void RemoveRanges(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (key, value) in fields)
                {
                    if (key == "origin" && value is JsonObject origin)
                    {
                        origin.Remove("range");
                    }

                    RemoveRanges(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    RemoveRanges(item);
                }

                break;
        }
    }
}
