using Capsule.Core.Diagnostics;

namespace Capsule.Core.Plans.Permissions;

/// <summary>Says in words what a user gives a package (specs: sandbox 3); a consent file lists them.</summary>
public static class GrantSummary
{
    /// <summary>What <see cref="Grants.HostNetwork"/> means.</summary>
    public const string HostNetwork = "it uses the network of this machine, loopback included, as any program of yours does";

    /// <summary>One sentence for each folder and each secret, by id, one for the GPUs and one for the machine's network.</summary>
    public static IReadOnlyList<string> Of(Grants grants) =>
    [
        .. grants.Mounts.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"the mount '{m.Key}' is {m.Value}"),
        .. (grants.Secrets ?? new Dictionary<string, SecretKeeping>()).OrderBy(s => s.Key, StringComparer.Ordinal)
            .Select(s => s.Value is SecretKeeping.Vault ? $"the secret '{s.Key}' is that of your vault" : $"the secret '{s.Key}' is given to it"),
        .. grants.Gpu ? ["it may use the GPUs of this machine"] : Array.Empty<string>(),
        .. grants.HostNetwork ? [HostNetwork] : Array.Empty<string>(),
    ];

    /// <summary>The folders that a plan asks for, each once, in the plan's order, with the widest access that any cell has to it.</summary>
    public static IReadOnlyList<MountPlan> Asked(LaunchPlan plan) =>
    [
        .. plan.Cells.SelectMany(c => c.Mounts).Where(m => m.Kind == MountKind.Host).GroupBy(m => m.Id, StringComparer.Ordinal)
            .Select(same => same.FirstOrDefault(m => m.Access == MountAccess.ReadWrite) ?? same.First()),
    ];

    /// <summary>The folders that a plan asks for as quoted lines of a message: id, access and what it is for.</summary>
    public static string Lines(LaunchPlan plan) => string.Concat(Asked(plan).Select(m => TerminalText.Quote + TerminalText.Line(Line(m))));

    /// <summary>One of them: <c>models (read): weights of the model</c>.</summary>
    public static string Line(MountPlan mount) => $"{mount.Id} ({Words(mount.Access)}){(mount.Usage is { Length: > 0 } usage ? $": {usage}" : "")}";

    public static string Words(MountAccess access) => access == MountAccess.ReadWrite ? "read and change" : "read";
}
