using Capsule.Families.Kits.Model;

namespace Capsule.Operations.Kits.Describing;

/// <summary>What to write into the manifest of a Kit that uses this one: a dependency, and a workload for what it exposes.</summary>
public static class DependencySnippet
{
    public static IReadOnlyList<string> Lines(KitDescription kit)
    {
        var (manifest, name) = (kit.Manifest, kit.Manifest.Name.Value);
        return
        [
            "dependencies:",
            $"  {name}:",
            "    source:",
            kit.Repository is null ? $"      {kit.Source}  # the way from your Kit to this one" : $"      {kit.Source}",
            .. Bindings("options", manifest.Options.Where(o => o is { Required: true, Default: null }).Select(o => $"{o.Id.Value}: VALUE")),
            .. Bindings("mount_bindings", manifest.HostMounts.Select(m => $"{m.Id.Value}: YOUR_MOUNT")),
            .. Bindings("secret_bindings", manifest.KitSecrets.Where(s => s.SourceText == "prompt").Select(s => $"{s.Key.Value}: YOUR_SECRET")),
            .. manifest.Expose.Count == 0 ? [] : new[] { "workloads:", $"  {name}:", "    import:", $"      dependency: {name}", $"      exposed_path: {Best(manifest).Path.Value}" },
        ];
    }

    /// <summary>What an agent would use, else what is named first.</summary>
    private static ExposeEntry Best(KitManifest kit) => kit.Expose.FirstOrDefault(e => e.DefaultMcp is { Value: true }) ?? kit.Expose[0];

    private static IEnumerable<string> Bindings(string key, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        return all.Length == 0 ? [] : [$"    {key}:", .. all.Select(l => "      " + l)];
    }
}
