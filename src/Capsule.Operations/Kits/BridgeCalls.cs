using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Kits;

/// <summary>What the bridge of one instance does (specs: kits 3.8): the workload is ready, and its secrets.</summary>
internal sealed class BridgeCalls(ProcessInstance instance)
{
    private const int LongestName = 64;
    private const int MostNames = 32;

    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>The one line that answers a request.</summary>
    public async Task<byte[]> AnswerAsync(byte[] body, CancellationToken cancel)
    {
        if (!BridgeFrame.TryParse(body, out var frame, out var problem))
        {
            return BridgeFrame.Error("", "InvalidArgument", KitBridgeDiagnostics.BadFrame.Now(problem));
        }

        switch (frame.Operation)
        {
            case "workload_ready":
                instance.ReportReady();
                return BridgeFrame.Ok(frame.Id, null);
            case "resolve_secret":
                return await ResolveAsync(frame, cancel);
            default:
                return BridgeFrame.Error(frame.Id, "Unimplemented", KitBridgeDiagnostics.UnknownOperation.Now(frame.Operation));
        }
    }

    /// <summary>SDKs until 0.0.10 call the id <c>secret_mid</c>, later ones <c>secret_key</c>. The socket says who asks.</summary>
    private async Task<byte[]> ResolveAsync(BridgeFrame frame, CancellationToken cancel)
    {
        if (Text(frame.Parameters?["secret_mid"] ?? frame.Parameters?["secret_key"]) is not { Length: > 0 } name)
        {
            return BridgeFrame.Error(frame.Id, "InvalidArgument", KitBridgeDiagnostics.BadFrame.Now("params names no secret_mid or secret_key"));
        }

        if (await instance.FindSecretAsync(name, cancel) is { } value)
        {
            return BridgeFrame.Ok(frame.Id, new JsonObject { ["value"] = value });
        }

        var known = instance.Process.Secrets.Select(s => s.Name ?? s.Id).ToArray();
        var shown = TerminalText.Line(name.Length <= LongestName ? name : name[..LongestName] + "…");
        var refusal = KitBridgeDiagnostics.SecretNotExposed.Now(shown, instance.Cell.Id, known.Length == 0 ? "none" : string.Join(", ", known));
        if (IsNew(shown))
        {
            instance.Log($"{refusal.Code}: {refusal.Message} {refusal.Hint}", LogLevel.Warn);
        }

        return BridgeFrame.Error(frame.Id, "PermissionDenied", refusal);
    }

    /// <summary>A workload that asks without end fills no log.</summary>
    private bool IsNew(string name)
    {
        lock (_refused)
        {
            return _refused.Count < MostNames && _refused.Add(name);
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
