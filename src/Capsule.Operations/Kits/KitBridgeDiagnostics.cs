using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Kits;

/// <summary>What a Kit's bridge answers when it cannot do what a workload asks.</summary>
internal static class KitBridgeDiagnostics
{
    public static readonly DiagnosticKind SecretsNotYet = new("CAP5900", Severity.Error,
        "The secret '{0}' cannot be delivered yet.", "This version delivers no secrets. Use a later one.");

    public static readonly DiagnosticKind UnknownOperation = new("CAP5420", Severity.Error,
        "The bridge has no operation '{0}'.", "Known: workload_ready, resolve_secret. Update the runner if the SDK is newer.");

    public static readonly DiagnosticKind BadFrame = new("CAP5421", Severity.Error,
        "The bridge cannot read this request: {0}.", "Send one line of JSON with id, op and params, of at most 4 MiB.");
}
