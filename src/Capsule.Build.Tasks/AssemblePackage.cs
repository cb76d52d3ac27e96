using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Distribution.Release;
using Capsule.Families;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Writes the container with the files that the manifest's family selects, its SBOM and its provenance.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class AssemblePackage : PackageTask
{
    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var package = Compile(cancel).OrRefuse();
        var root = Path.GetDirectoryName(Absolute(Manifest))!;
        var lockFile = Absolute(LockFile);
        var packed = await PackageAssembler.AssembleAsync(
            new AssembleRequest(package.Pack, root, Absolute(Container))
            {
                SourceDateEpoch = SourceDateEpoch,
                BuilderVersion = SdkVersion,
                Lock = File.Exists(lockFile) ? Packaging.Locking.LockFile.Load(lockFile).OrRefuse() : null,
                Parameters = OrNull(Target) is { } target ? new Dictionary<string, string> { ["target"] = target } : [],
            },
            cancel);
        if (packed.Succeeded)
        {
            WholeFile.Lines(Absolute(MoreInputs), Unseen(package, root));
            WholeFile.Lines(Absolute(IdentityFile), [packed.Value.Identity]);
        }

        return packed.Diagnostics;
    }

    /// <summary>What was read and lies outside the glob, so that its change is seen all the same.</summary>
    private IEnumerable<string> Unseen(CompiledPackage package, string root)
    {
        var seen = Files.Select(f => Absolute(f.ItemSpec)).ToHashSet(StringComparer.Ordinal);
        return package.Pack.Entries.Select(e => e.Source).OfType<string>().Select(s => Path.GetFullPath(s, root))
            .Concat(package.Inputs)
            .Where(f => !seen.Contains(f)).Distinct().Order(StringComparer.Ordinal);
    }
}
