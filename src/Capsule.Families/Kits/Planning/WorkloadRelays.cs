using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>The Relays of a Kit's workloads (specs: kits 1.9), and which of a workload's endpoints they answer.</summary>
internal static class WorkloadRelays
{
    private const string PathHeader = "x-capakit-external-llm-upstream-path";

    // Whatever a client might send to prove who it is; the SDK's clients send "capakit-local".
    private static readonly string[] Credentials =
        ["authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key", "x-goog-iam-authorization-token", "x-goog-user-project", "x-amz-security-token", "x-auth-token", "openai-organization", "openai-project"];

    private static readonly string[] CredentialsInQuery = ["key", "api_key", "api-key", "access_token", "oauth_token"];

    /// <summary>By which edges and routes name the Relays of a workload.</summary>
    public static string Target(KitTree kit, Workload workload) => $"{kit.Cell(workload)}/relay";

    public static IReadOnlyList<Relay> Of(KitTree kit, Workload workload) => kit.RuntimeOf(workload)?.Relays ?? [];

    public static bool Answers(KitTree kit, Workload workload, string endpoint) => Of(kit, workload).Any(r => r.Endpoint.Path == endpoint);

    /// <summary>Who answers an endpoint: the Relays, or the workload's own process.</summary>
    public static string TargetOf(KitTree kit, Workload workload, string endpoint) => Answers(kit, workload, endpoint) ? Target(kit, workload) : kit.StartProcess(workload);

    /// <summary>The socket in a caller's sandbox behind which an endpoint is.</summary>
    public static string SocketOf(KitTree kit, Workload workload, string endpoint) =>
        WorkloadEnvironment.PeerSocket(Answers(kit, workload, endpoint) ? $"{workload.Id.Value}.relay" : workload.Id.Value);

    /// <summary>Endpoints that the workload's own code answers.</summary>
    public static IEnumerable<Endpoint> Own(KitTree kit, Workload workload) => workload.Endpoints.Where(e => !Answers(kit, workload, e.Path));

    /// <summary>Null for none, so that a Kit without Relays has the plan that it always had.</summary>
    public static IReadOnlyList<RelayPlan>? Build(KitTree kit)
    {
        RelayPlan[] relays = [.. kit.All.SelectMany(k => k.Manifest.Workloads.SelectMany(w => Of(k, w).Select(r => Plan(k, w, r))))];
        return relays.Length == 0 ? null : relays;
    }

    /// <summary>Endpoints of a workload without code that no Relay of it answers.</summary>
    public static IEnumerable<Diagnostic> Unanswered(KitTree kit) =>
        from workload in kit.Manifest.Workloads
        where kit.RuntimeOf(workload) is { Source: null }
        from endpoint in Own(kit, workload)
        select RelayDiagnostics.Unanswered.At(endpoint.Span, endpoint.Path, workload.Id.Value, string.Join(", ", Of(kit, workload).Select(r => r.Endpoint.Path)));

    private static RelayPlan Plan(KitTree kit, Workload workload, Relay relay)
    {
        var kind = RelayKind.All[relay.Kind.Value];
        return new RelayPlan
        {
            Id = Target(kit, workload),
            Kind = relay.Kind.Value,
            Endpoint = relay.Endpoint.Path,
            Protocol = kind.Protocol,
            Host = kind.Host,
            Secret = kit.Secret(relay.ApiKeySecret.Value),
            Header = kind.Header,
            HeaderForm = kind.HeaderForm,
            PathHeader = PathHeader,
            DropHeaders = Credentials,
            DropQuery = CredentialsInQuery,
            Permission = KitPermission.For(
                kit, $"relay:{kit.Cell(workload)}{relay.Endpoint.Path}", relay.Kind, $"relays: [{{kind: {relay.Kind.Value}, endpoint: {relay.Endpoint.Path}, api_key_secret: {relay.ApiKeySecret.Value}}}]"),
        };
    }
}
