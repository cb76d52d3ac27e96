using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Capsules.Plans;
using Capsule.Families.Capsules.Programs;
using Capsule.Families.Capsules.Services;

namespace Capsule.Families.Capsules;

/// <summary>From a manifest that keeps every rule to its plans.</summary>
internal sealed class CapsuleCompilation(CompileRequest request, CapsuleManifest manifest, List<Diagnostic> problems)
{
    /// <summary>The files of each target that this version runs.</summary>
    public static IReadOnlyList<TargetFiles> FindFiles(CompileRequest request, CapsuleManifest manifest, ICollection<Diagnostic> problems) =>
        [.. manifest.Targets.Where(t => t.IsSupported).Select(t => TargetFiles.Find(t, request.ProjectDirectory, problems)).OfType<TargetFiles>()];

    /// <summary>Null when something is missing or not supported yet; the reasons are then among the problems.</summary>
    public CompiledPackage? Run(CancellationToken cancel)
    {
        if (Chosen() is not { } chosen)
        {
            return null;
        }

        var files = FindFiles(request, manifest, problems);
        foreach (var target in files.Where(f => f.Target.StartsServices))
        {
            problems.AddRange(ServiceCommand.Missing(manifest, request.ProjectDirectory, target.WorkingFolder));
        }

        if (problems.Any(p => p.IsError) || !Supports(chosen))
        {
            return null;
        }

        var manifestPath = Path.GetFileName(request.ManifestPath);
        var entries = CapsuleSelection.Select(manifest, manifestPath, files, request, cancel);
        problems.AddRange(entries.Diagnostics);
        var start = files.Single(f => f.Target == chosen);
        var later = Later(start, entries.Value);
        if (entries.Value is null || !IsPacked(files, entries.Value))
        {
            return null;
        }

        var package = new PackageReference(FamilyNames.Capsule, request.Publisher, manifest.Name!.Value, manifest.Version?.Value ?? request.Version);
        var launch = CapsuleLaunchPlan.Of(package, manifest, start, manifestPath);
        return new CompiledPackage
        {
            Package = package,
            Pack = new PackPlan
            {
                Package = package,
                Manifest = manifestPath,
                Extension = ".capsule",
                Entries = Executable(entries.Value, files),
                Description = manifest.Description,
            },
            Launch = launch,
            LaunchNotYet = later,
            Toolchains = [.. launch.Cells.SelectMany(c => c.Processes).Select(p => p.Toolchain).OfType<ToolchainPlan>().Where(t => Drivers.Locked.Contains(t.Name)).Distinct()],
        };
    }

    /// <summary>What the manifest starts as it is has to be executable, whatever the author's file system says.</summary>
    private IReadOnlyList<PackEntry> Executable(IReadOnlyList<PackEntry> entries, IReadOnlyList<TargetFiles> files)
    {
        HashSet<string> started =
        [
            .. files.Where(f => f.Native is { Form: NativeForm.Direct }).Select(f => f.Entrypoint),
            .. from file in files
               where file.Target.StartsServices
               from service in manifest.Services
               select ServiceCommand.ProgramOf(service.Command!.Value, file.WorkingFolder),
        ];
        return started.Count == 0 ? entries : [.. entries.Select(e => started.Contains(e.Path) ? e with { Executable = true } : e)];
    }

    private CapsuleTarget? Chosen()
    {
        var label = request.Target ?? manifest.DefaultTarget!.Value;
        if (manifest.Targets.FirstOrDefault(t => t.Label.Value == label) is { } target)
        {
            return target;
        }

        string[] labels = [.. manifest.Targets.Select(t => t.Label.Value)];
        problems.Add(CapsuleDiagnostics.UnknownTarget.At(manifest.TargetsPlace, label, Spelling.Suggest(label, labels, "There are")));
        return null;
    }

    private bool Supports(CapsuleTarget chosen)
    {
        foreach (var target in manifest.Targets.Where(t => !t.IsSupported))
        {
            var kind = target == chosen ? CapsuleNotYetDiagnostics.Target : CapsuleNotYetDiagnostics.OtherTarget;
            problems.Add(kind.At((target.Driver ?? target.Runtime)!.Span, target.Label.Value, target.Kind));
        }

        problems.AddRange(manifest.NotYet.Select(n => CapsuleNotYetDiagnostics.Table.At(n.Span, n.Value)));
        return chosen.IsSupported && manifest.NotYet.Count == 0;
    }

    /// <summary>What keeps a valid capsule from being run by this version; it can be packed all the same.</summary>
    private List<Diagnostic> Later(TargetFiles start, IReadOnlyList<PackEntry>? entries)
    {
        var later = new List<Diagnostic>();
        if (start.Target.EffectiveDriver == "static")
        {
            return later;
        }

        if (start.Native is { Form: NativeForm.Foreign })
        {
            later.Add(CapsuleNotYetDiagnostics.ForeignProgram.At(start.Target.Entrypoint!.Span, start.Target.Entrypoint.Value));
        }

        later.AddRange(start.Target.Tools
            .Where(t => !Provided(start.Target, t.Key.Value))
            .Select(t => CapsuleNotYetDiagnostics.Tools.At(t.Key.Span, t.Key.Value)));
        if (start.Target.EffectiveDriver == "node" && NodeDependencies.Find(request.ProjectDirectory, start.Entrypoint, problems) is { } needed
            && entries?.Any(e => e.Path.Contains("node_modules/", StringComparison.Ordinal)) != true)
        {
            later.Add(CapsuleNotYetDiagnostics.Dependencies.In(Path.Combine(request.ProjectDirectory, needed.PackageFile), needed.PackageFile));
        }

        return later;
    }

    /// <summary>Services get each tool that they start by name; uv comes from nowhere that can be trusted.</summary>
    private bool Provided(CapsuleTarget target, string tool) => target.StartsServices
        ? tool != "uv" || manifest.Services.All(s => ServiceCommand.ToolOf(s.Command!.Value) != tool)
        : tool == target.EffectiveDriver;

    private bool IsPacked(IReadOnlyList<TargetFiles> files, IReadOnlyList<PackEntry> entries)
    {
        foreach (var file in files.Where(f => !f.Target.StartsServices))
        {
            var isIn = file.IsFolder
                ? entries.Any(e => file.Entrypoint.Length == 0 || e.Path.StartsWith($"{file.Entrypoint}/", StringComparison.Ordinal))
                : entries.Any(e => e.Path == file.Entrypoint);
            if (!isIn)
            {
                problems.Add(CapsuleTargetDiagnostics.EntrypointNotPacked.At(file.Target.Entrypoint!.Span, file.Entrypoint));
            }
            else if (file.IsFolder && entries.All(e => e.Path != ProjectPath.Join(file.Entrypoint, "index.html")))
            {
                problems.Add(CapsuleTargetDiagnostics.NoIndex.At(file.Target.Entrypoint!.Span, file.Target.Entrypoint.Value));
            }
        }

        return problems.All(p => !p.IsError);
    }
}
