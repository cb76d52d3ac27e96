using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Packaging.Compression;
using Capsule.Packaging.Containers;
using Capsule.Trust.Provenance;

namespace Capsule.Distribution.Release;

/// <summary>Makes the container with its SBOM and provenance; the one way for the SDK and for <c>capsule pack</c>.</summary>
public static class PackageAssembler
{
    /// <summary>Writes the container, whole or not at all (CAP20nn, CAP22nn).</summary>
    public static async Task<Result<PackedPackage>> AssembleAsync(AssembleRequest request, CancellationToken cancel)
    {
        var time = SourceDate.Parse(request.SourceDateEpoch);
        if (!time.Succeeded)
        {
            return Result.Failed<PackedPackage>(time.Diagnostics);
        }

        return await PackagePacker.PackAsync(
            new PackRequest(request.Plan, request.ProjectDirectory, request.Output)
            {
                Time = time.Value.Time,
                Attachments = tree => Attach(Facts(request, tree), request.Plan.NativeSignatures),
            },
            cancel);
    }

    private static IReadOnlyList<PackageAttachment> Attach(BuildFacts facts, string? nativeSignatures) =>
    [
        .. nativeSignatures is null ? [] : (PackageAttachment[])[new(NativeSignatures.Name, Encoding.UTF8.GetBytes(nativeSignatures))],
        new(SbomDocument.FileName, SbomDocument.Write(facts)),
        new(ProvenanceDocument.FileName, ProvenanceDocument.Write(facts)),
    ];

    private static BuildFacts Facts(AssembleRequest request, TreeDocument tree) => new()
    {
        Package = request.Plan.Package with { Identity = tree.Identity },
        Tree = tree,
        Manifest = request.Plan.Manifest,
        License = request.Plan.License,
        Parameters = request.Parameters,
        Materials = [.. Materials(request)],
        Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["capsule"] = request.BuilderVersion,
            ["dotnet"] = Environment.Version.ToString(),
            ["libzstd"] = ZstdVersion.Text,
        },
        Time = string.IsNullOrEmpty(request.SourceDateEpoch) ? null : SourceDate.Parse(request.SourceDateEpoch).Value?.Time,
    };

    private static IEnumerable<Material> Materials(AssembleRequest request)
    {
        if (request.Lock is not { } held)
        {
            yield break;
        }

        if (held.Sdk is { } sdk)
        {
            yield return Material.NuGet("Capsule.Sdk", sdk);
        }

        foreach (var toolchain in held.Toolchains)
        {
            foreach (var (package, integrity) in toolchain.Packages)
            {
                yield return Material.Npm(package, toolchain.Version, integrity);
            }
        }
    }
}
