using Capsule.Core.Diagnostics;
using Capsule.Distribution.Store;
using Capsule.Families;
using Capsule.Packaging.Containers;

namespace Capsule.Operations.Running;

/// <summary>
/// The files of a project as its package holds them, in a folder for one run. Disposing removes it; what a killed program left goes
/// with the next installation.
/// </summary>
internal sealed class PackedTree : IDisposable
{
    private readonly StagedInstallation _stage;

    private PackedTree(StagedInstallation stage) => _stage = stage;

    /// <summary>Absolute.</summary>
    public string Folder => _stage.Tree;

    /// <summary>Packs the project, or takes the container that was built of it; every byte is verified (CAP20nn to CAP23nn, CAP5541).</summary>
    public static async Task<Result<PackedTree>> MakeAsync(PackageRunRequest request, CancellationToken cancel)
    {
        var stage = new PackageStore(request.Home.Store).Stage();
        try
        {
            var unpacked = await UnpackAsync(request, stage, cancel);
            if (unpacked.Count == 0)
            {
                return new PackedTree(stage);
            }

            stage.Dispose();
            return Result.Failed<PackedTree>(unpacked);
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    public void Dispose() => _stage.Dispose();

    private static async Task<IReadOnlyList<Diagnostic>> UnpackAsync(PackageRunRequest request, StagedInstallation stage, CancellationToken cancel)
    {
        var plan = request.Package.Pack;
        var container = request.Container;
        if (container is null)
        {
            container = Path.Combine(stage.Scratch, "package" + plan.Extension);
            var packed = await PackagePacker.PackAsync(new PackRequest(plan, request.Directory, container), cancel);
            if (!packed.Succeeded)
            {
                return packed.Diagnostics;
            }
        }

        var opened = await PackageReader.OpenAsync(container, new PackageReadOptions { IsManifest = name => FamilyCatalog.All.Any(f => f.Recognises(name)) }, cancel);
        if (!opened.Succeeded)
        {
            return opened.Diagnostics;
        }

        var manifest = await File.ReadAllBytesAsync(Path.Combine(request.Directory, plan.Manifest), cancel);
        if (opened.Value.Manifest is not { } built || !built.Span.SequenceEqual(manifest))
        {
            return [RunningDiagnostics.BuiltOfAnother.Now(container, plan.Manifest)];
        }

        var tree = await opened.Value.ExtractAsync(stage.Tree, cancel);
        return tree.Succeeded ? [] : tree.Diagnostics;
    }
}
