using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Planning;
using Capsule.Families.Kits.Reading;
using Capsule.Families.Kits.Rules;

namespace Capsule.Families.Kits.Composition;

/// <summary>
/// Reads the Kits that a Kit depends on, and those that they depend on, as far as they are on this machine; it fetches nothing.
/// What is missing is found by <see cref="Missing"/>.
/// </summary>
internal sealed class KitTreeReader(CompileRequest request, CancellationToken cancel)
{
    private readonly DependencyPlaces _places = new(request);
    private readonly KitChain _chain = new();
    private HashSet<string> _ownSecrets = [];

    /// <summary>What is wrong with what is there.</summary>
    public List<Diagnostic> Problems { get; } = [];

    /// <summary>Why the Kit cannot run yet.</summary>
    public List<Diagnostic> Missing => _places.Missing;

    /// <summary>Every repository that is named.</summary>
    public IReadOnlyList<GitDependency> Repositories => _places.Repositories;

    /// <summary>Absolute paths of the manifests that were read.</summary>
    public List<string> Files { get; } = [];

    /// <param name="kit">The Kit itself.</param>
    /// <param name="project">Its folder, absolute.</param>
    public KitTree Read(KitManifest kit, string project)
    {
        var values = Values(kit, request.Options, "");
        _chain.Begin(project);
        _ownSecrets = [.. kit.KitSecrets.Select(s => s.Key.Value)];
        return Grown(new KitTree { Manifest = kit, Options = values, Variants = Chosen(kit, request.Variants) }, new DependencyPlace(project, request.Installed ? request.Tree ?? project : null, request.Installed ? null : project), request.Options, request.Variants);
    }

    /// <summary>The tree with all that it depends on.</summary>
    /// <param name="kit">Without children.</param>
    /// <param name="from">Where it lies.</param>
    /// <param name="options">As given, those of the children among them.</param>
    /// <param name="variants">As given, those of the children among them.</param>
    private KitTree Grown(KitTree kit, DependencyPlace from, IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> variants)
    {
        var children = new SortedDictionary<string, KitTree>(StringComparer.Ordinal);
        foreach (var dependency in kit.Manifest.Dependencies)
        {
            var name = dependency.Id.Value;
            if (_places.Find(kit, dependency, from) is not { } place || !_chain.Enter(kit.Name(name), dependency, place.Folder, Problems))
            {
                continue;
            }

            if (Manifest(dependency, place.Folder) is { } found)
            {
                var problems = BindingRules.Check(kit.Manifest, dependency, found).ToArray();
                Problems.AddRange(problems);
                if (problems.Length == 0)
                {
                    children[name] = Child(kit, dependency, found, place, Given.Of(options, name), Given.Of(variants, name));
                }
            }

            _chain.Leave();
        }

        var grown = kit with { Children = children };
        Problems.AddRange(NotExposed(grown));
        return grown;
    }

    private KitTree Child(KitTree kit, Dependency dependency, KitManifest manifest, DependencyPlace place, Dictionary<string, string> options, Dictionary<string, string> variants)
    {
        var id = kit.Name(dependency.Id.Value);
        foreach (var (key, binding) in dependency.Options)
        {
            if ((binding.Literal?.Value ?? kit.Options.GetValueOrDefault(binding.FromOption!.Value)) is { } value)
            {
                options[key.Value] = value;
            }
        }

        var package = new PackageReference(FamilyNames.Kit, null, manifest.Name.Value, null);
        var pack = KitPackPlan.Build(package, manifest, place.Folder, new CompileRequest { ManifestPath = Path.Combine(place.Folder, manifest.FileName) }, cancel);
        Problems.AddRange(pack.Diagnostics.Where(d => d.IsError));
        var child = new KitTree
        {
            Id = id,
            Manifest = manifest with { FileName = $"{id}/{manifest.FileName}" },
            IsCarried = place.Home == place.Folder,
            Files = pack.Value is { } files ? new DependencyTree(place.Folder, files) : null,
            Options = Values(manifest, options, id),
            Variants = Chosen(manifest, variants),
            MountNames = dependency.MountBindings.ToDictionary(b => b.Key.Value, b => kit.Mount(b.Value.Value), StringComparer.Ordinal),
            OwnSecrets = _ownSecrets,
            SecretNames = dependency.SecretBindings.ToDictionary(b => b.Key.Value, b => kit.Secret(b.Value.Value), StringComparer.Ordinal),
        };
        if (pack.Value is { } plan)
        {
            Missing.AddRange(WorkloadSources.Missing(manifest, plan).Select(WorkloadSources.ToRun));
        }

        return Grown(child, place, options, variants);
    }

    private KitManifest? Manifest(Dependency dependency, string folder)
    {
        var found = KitFamily.ManifestNames.Select(n => Path.Combine(folder, n)).Where(File.Exists).ToArray();
        if (found is not [var only])
        {
            var reason = found.Length == 0 ? "it has no capability.yml" : "it has both capability.yml and capability.yaml";
            Problems.Add(CompositionDiagnostics.NotAKit.At(dependency.Id.Span, dependency.Id.Value, reason));
            return null;
        }

        Files.Add(only);
        var text = SourceText.Load(only);
        var read = text.Succeeded ? KitReader.Read(text.Value) : Result.Failed<KitManifest>(text.Diagnostics);
        Problems.AddRange(read.Diagnostics.Where(d => d.IsError));
        return read.Value;
    }

    /// <summary>Imports of what the other Kit does not expose.</summary>
    private static IEnumerable<Diagnostic> NotExposed(KitTree kit) =>
        from workload in kit.Manifest.Workloads
        let import = workload.Import
        where import is not null && kit.Children.ContainsKey(import.Dependency.Value)
        let exposed = ReachableEndpoint.Exposed(kit.Children[import.Dependency.Value]).Select(e => e.Known.Path).ToArray()
        where !exposed.Contains(import.ExposedPath.Value, StringComparer.Ordinal)
        select CompositionDiagnostics.NotExposed.At(import.ExposedPath.Span, import.ExposedPath.Value, import.Dependency.Value, Listed.Names(exposed));

    private IReadOnlyDictionary<string, string> Values(KitManifest kit, IReadOnlyDictionary<string, string> given, string id)
    {
        var values = OptionValues.Resolve(kit, Given.Own(given, kit.Dependencies.Select(d => d.Id.Value)));
        Problems.AddRange(values.Diagnostics);
        var resolved = values.Value ?? new Dictionary<string, string>();
        Missing.AddRange(OptionValues.MissingToRun(kit, resolved, id));
        return resolved;
    }

    private Dictionary<string, string> Chosen(KitManifest kit, IReadOnlyDictionary<string, string> given)
    {
        var chosen = Given.Own(given, kit.Dependencies.Select(d => d.Id.Value));
        foreach (var (workload, variant) in chosen)
        {
            if (kit.FindWorkload(workload) is not { Variants.Count: > 0 } found)
            {
                Problems.Add(CompositionDiagnostics.NoVariantsGiven.Now(workload, Listed.Names(kit.Workloads.Where(w => w.Variants.Count > 0).Select(w => w.Id.Value))));
            }
            else if (found.Variants.All(v => v.Id.Value != variant))
            {
                Problems.Add(CompositionDiagnostics.UnknownVariantGiven.Now(workload, variant, Listed.Names(found.Variants.Select(v => v.Id.Value))));
            }
        }

        return chosen;
    }
}
