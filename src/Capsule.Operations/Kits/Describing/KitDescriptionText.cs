using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;

namespace Capsule.Operations.Kits.Describing;

/// <summary>A Kit in words, in the order of the original (specs: kits 4).</summary>
public static class KitDescriptionText
{
    /// <param name="kit">The Kit.</param>
    /// <param name="program">How the program is called: capsule or capakit.</param>
    public static IReadOnlyList<string> Lines(KitDescription kit, string program)
    {
        var manifest = kit.Manifest;
        IEnumerable<string> lines =
        [
            $"Kit: {manifest.Name.Value}",
            $"License: {manifest.License?.Value ?? "not stated"}",
            "",
            "Exposes",
            .. Or(manifest.Expose.SelectMany(Exposed(manifest)), "- nothing"),
            "",
            "Requires",
            .. Or(
            [
                .. Group("Secrets:", manifest.KitSecrets.Select(s => Secret(s, "")).Concat(manifest.VaultSecrets.Select(s => Secret(s, ", vault")))),
                .. Group("Host mounts:", manifest.HostMounts.Select(m => $"- {m.Id.Value} [{Word(m.Access)}]: {m.Usage.Value}")),
                .. Group("Options:", manifest.Options.OrderBy(o => o.Id.Value, StringComparer.Ordinal).Select(Option)),
                .. Group("External services:", Relays(manifest)),
                .. Group("Kit dependencies:", manifest.Dependencies.SelectMany(d => Dependency(manifest, d))),
            ],
            "- nothing"),
            "",
            "Use as dependency",
            .. DependencySnippet.Lines(kit).Select(l => "  " + l),
            "",
            "Commands",
            .. Commands(kit, program).Select(c => $"- {c.Key}: {c.Value}"),
        ];
        return [.. lines.Select(TerminalText.Line)];
    }

    /// <summary>How to run and test it, with a folder for each mount that a workload needs.</summary>
    public static IReadOnlyDictionary<string, string> Commands(KitDescription kit, string program)
    {
        var mounts = string.Concat(kit.Manifest.HostMounts.Where(m => IsUsed(kit.Manifest, m.Id.Value)).Select(m => $" --mount {m.Id.Value}=PATH"));
        return new OrderedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["run"] = $"{program} run {kit.Repository ?? "."}{mounts}",
            ["test"] = $"{program} test .{mounts}",
        };
    }

    /// <summary>Calls to providers that the runner makes for a Kit, whatever the variant.</summary>
    public static IEnumerable<(string Workload, Relay Relay)> Services(KitManifest manifest) =>
        manifest.Workloads.SelectMany(w => w.Runtimes.SelectMany(r => r.Relays).Select(r => (w.Id.Value, r)));

    public static string Word(MountAccess access) => access is MountAccess.ReadWrite ? "read_write" : "read_only";

    private static bool IsUsed(KitManifest manifest, string mount) =>
        manifest.Workloads.Any(w => w.Mounts.Any(g => g.Mount.Value == mount)) || manifest.Dependencies.Any(d => d.MountBindings.Any(b => b.Value.Value == mount));

    private static Func<ExposeEntry, IEnumerable<string>> Exposed(KitManifest manifest) => entry => ExposedEndpoint.Of(manifest, entry)
        .Select(e => $"- {e.PublicPath}: {e.Protocol} [{entry.Target.Value}{e.Path}]{(e.IsDefaultMcp ? ", default MCP" : "")}");

    private static string Secret(SecretDeclaration secret, string where) => $"- {secret.Key.Value} [{secret.SourceText}{where}]: {secret.Usage.Value}";

    private static string Option(KitOption option) =>
        $"- {option.Id.Value} [{option.Kind.Value}{(option.Required ? ", required" : "")}{(option.DefaultText is { } text ? $", default={text}" : "")}"
        + $"{(option.EnumValues.Count > 0 ? $", values={string.Join('|', option.EnumValues.Select(v => v.Value))}" : "")}]{(option.Description is { } about ? $": {about}" : "")}";

    private static IEnumerable<string> Relays(KitManifest manifest) =>
        Services(manifest).Select(s => $"- {s.Workload} [{s.Relay.Kind.Value}]: {RelayKind.All[s.Relay.Kind.Value].Host}, with the secret {s.Relay.ApiKeySecret.Value}");

    private static IEnumerable<string> Dependency(KitManifest manifest, Dependency dependency) =>
    [
        $"- {dependency.Id.Value} [{(dependency.Git is { } git ? $"git {git.Value}{(dependency.Ref is { } name ? $", ref {name.Value}" : "")}" : $"path {dependency.Path!.Value}")}]",
        .. dependency.Options.Select(o => "  - " + (o.Value.FromOption is { } own
            ? $"{o.Key.Value} <- option {own.Value}{(manifest.FindOption(own.Value)?.DefaultText is { } text ? $" (default: {text})" : "")}"
            : $"{o.Key.Value} = {o.Value.Literal!.Value}")),
        .. dependency.MountBindings.Select(b => $"  - mount {b.Key.Value} <- {b.Value.Value}"),
        .. dependency.SecretBindings.Select(b => $"  - secret {b.Key.Value} <- {b.Value.Value}"),
    ];

    private static IEnumerable<string> Group(string heading, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        return all.Length == 0 ? [] : [heading, .. all];
    }

    private static IEnumerable<string> Or(IEnumerable<string> lines, string none) => lines.DefaultIfEmpty(none);
}
