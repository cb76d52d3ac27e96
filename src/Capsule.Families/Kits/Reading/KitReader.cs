using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Rules;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads a <c>capability.yml</c> and checks every rule of it. All problems come back together, in document order.</summary>
public static class KitReader
{
    public static Result<KitManifest> Read(SourceText source)
    {
        var problems = new List<Diagnostic>();
        var old = new OldForms(problems);
        var tree = YamlReader.Read(source, old.Tag);
        if (!tree.Succeeded)
        {
            return Result.Failed<KitManifest>(tree.Diagnostics);
        }

        if (ManifestSize.Check(tree.Value) is { } tooMany)
        {
            return tooMany;
        }

        var manifest = FieldReader.Root(old.Manifest(tree.Value), KitDiagnostics.Fields, problems, KitShape.Manifest) is { } root ? Manifest(root, Path.GetFileName(source.Path)) : null;
        if (manifest is not null)
        {
            problems.AddRange(KitRules.Check(manifest));
        }

        var sorted = FromOptionPlaces.Explain(tree.Value, problems).OrderBy(p => p.Span?.Line).ThenBy(p => p.Span?.Column).ToArray();
        return new Result<KitManifest>(sorted.Any(p => p.IsError) ? null : manifest, sorted);
    }

    private static KitManifest? Manifest(FieldReader root, string fileName)
    {
        Version(root);
        var name = ManifestText.RequiredId(root, "name");
        var license = ManifestText.Line(root, root.String("license"));
        var workloads = root.RequiredMappings("workloads");
        if (workloads is { Count: 0 })
        {
            root.Report(KitDiagnostics.NoWorkloads.At(root.KeySpan("workloads")!.Value));
        }

        var manifest = new KitManifest
        {
            FileName = fileName,
            Name = name ?? new Field<string>("", root.Place, FieldPath.Root.Key("name")),
            License = license,
            Workloads = [.. (workloads ?? []).Select(w => WorkloadReader.Read(w.Key, w.Value))],
            Expose = [.. (root.Items("expose") ?? []).Select(ExposeReader.Read).OfType<ExposeEntry>()],
            Options = [.. (root.Mappings("options") ?? []).Select(o => OptionReader.Read(o.Key, o.Value))],
            Dependencies = [.. (root.Mappings("dependencies") ?? []).Select(d => DependencyReader.Read(d.Key, d.Value))],
            HostMounts = [.. (root.Mappings("host_mounts") ?? []).Select(m => MountReader.Read(m.Key, m.Value))],
            KitSecrets = [.. (root.Items("kit_secrets") ?? []).Select(SecretReader.Read).OfType<SecretDeclaration>()],
            VaultSecrets = [.. (root.Items("vault_secrets") ?? []).Select(SecretReader.Read).OfType<SecretDeclaration>()],
        };
        RemovedForms.Check(root, "exports");
        root.RefuseUnknown();
        return manifest;
    }

    private static void Version(FieldReader root)
    {
        if (root.RequiredAny("version") is not { } version)
        {
            return;
        }

        switch (version.Value)
        {
            case ScalarNode { Kind: ScalarKind.String, Value: "1" }:
                break;
            case ScalarNode { Kind: ScalarKind.Integer, Value: 1L }:
                root.Report(KitDiagnostics.UnquotedVersion.At(version.Span));
                break;
            case ScalarNode { Kind: ScalarKind.String or ScalarKind.Integer or ScalarKind.Float } other:
                root.Report(KitDiagnostics.UnknownVersion.At(version.Span, other.Raw));
                break;
            default:
                root.Report(KitDiagnostics.WrongType.At(version.Span, "version", "the string '1'", NodeWords.Describe(version.Value)));
                break;
        }
    }
}
