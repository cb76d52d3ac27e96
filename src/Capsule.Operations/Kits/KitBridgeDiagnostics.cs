using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Kits;

/// <summary>What a Kit's bridge answers when it cannot do what a workload asks.</summary>
internal static class KitBridgeDiagnostics
{
    // CAP5900 said that secrets cannot be delivered yet; codes are never used again.
    public static readonly DiagnosticKind SecretNotExposed = new("CAP5710", Severity.Error,
        "The workload '{1}' may not have the secret '{0}'.", "It may have: {2}. To allow more, declare the secret under kit_secrets and list it in the workload's exposed_secrets.");

    public static readonly DiagnosticKind UnknownOperation = new("CAP5420", Severity.Error,
        "The bridge has no operation '{0}'.", "Known: workload_ready, resolve_secret. Update the runner if the SDK is newer.");

    public static readonly DiagnosticKind BadFrame = new("CAP5421", Severity.Error,
        "The bridge cannot read this request: {0}.", "Send one line of JSON with id, op and params, of at most 4 MiB.");
}
