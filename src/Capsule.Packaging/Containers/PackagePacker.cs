using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;
using Capsule.Packaging.Archives;

namespace Capsule.Packaging.Containers;

/// <summary>Packs a project's files into a container whose bytes depend on the files, the time given and libzstd's version only.</summary>
public static class PackagePacker
{
    /// <summary>
    /// Writes the container. A file that is gone, a link, or changes meanwhile is an error (CAP22nn); after an error, a
    /// full disk or a cancellation nothing is left behind.
    /// </summary>
    public static async Task<Result<PackedPackage>> PackAsync(PackRequest request, CancellationToken cancel)
    {
        var sources = await PackSources.ReadAsync(request.Plan, request.ProjectDirectory, cancel);
        return sources.Succeeded ? await Task.Run(() => Write(request, sources.Value, cancel), cancel) : Result.Failed<PackedPackage>(sources.Diagnostics);
    }

    /// <summary>The tree that <see cref="PackAsync"/> would write.</summary>
    public static async Task<Result<TreeDocument>> ReadTreeAsync(PackPlan plan, string projectDirectory, CancellationToken cancel)
    {
        var sources = await PackSources.ReadAsync(plan, projectDirectory, cancel);
        return sources.Succeeded ? sources.Value.Tree : Result.Failed<TreeDocument>(sources.Diagnostics);
    }

    private static Result<PackedPackage> Write(PackRequest request, PackSources sources, CancellationToken cancel)
    {
        try
        {
            var info = PackageInfo.From(request.Plan);
            using var output = new FreshFile(request.Output);
            ContainerWriter.Write(output.Stream, sources, info, request, cancel);
            var digest = ContainerWriter.Digest(output.Stream, cancel);
            var size = output.Stream.Length;
            output.Commit();
            return new PackedPackage(Path.GetFullPath(request.Output), info, sources.Tree, digest, size);
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiskWrites.Describe(e, request.Output);
        }
    }
}
