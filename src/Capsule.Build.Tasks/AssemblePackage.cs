using Capsule.Core.Diagnostics;
using Capsule.Families;
using Capsule.Packaging.Containers;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Writes the container with the files that the manifest's family selects.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class AssemblePackage : PackageTask
{
    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var compiled = Compile();
        var time = SourceDate.Parse(SourceDateEpoch);
        if (compiled.Value is not { } package || time.Value is null || !compiled.Succeeded)
        {
            return [.. compiled.Diagnostics.Where(d => d.IsError), .. time.Diagnostics];
        }

        var root = Path.GetDirectoryName(Absolute(Manifest))!;
        var packed = await PackagePacker.PackAsync(new PackRequest(package.Pack, root, Absolute(Container)) { Time = time.Value.Time }, cancel);
        if (packed.Succeeded)
        {
            WholeFile.Lines(Absolute(MoreInputs), Unseen(package, root));
            Made(Absolute(Container));
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
