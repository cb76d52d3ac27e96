using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Packaging.Archives;
using Capsule.Packaging.Containers;

namespace Capsule.Packaging.Envelopes;

/// <summary>
/// Wraps a container into a NuGet package of type Capsule, so that any NuGet v3 feed can carry it (design.md 5). The
/// container is stored as it is: the tree, its identity and its signatures stay the same.
/// </summary>
public static partial class PackageEnvelope
{
    /// <summary>Writes the package; CAP23nn when it can have no name on a feed, and nothing is left behind after an error.</summary>
    public static async Task<Result<PackedEnvelope>> WriteAsync(EnvelopeRequest request, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(request.Container, PackageReadOptions.Default with { Limits = request.Limits }, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<PackedEnvelope>(opened.Diagnostics);
        }

        return await Task.Run(() => Write(request, opened.Value, cancel), cancel);
    }

    private static Result<PackedEnvelope> Write(EnvelopeRequest request, OpenedPackage package, CancellationToken cancel)
    {
        try
        {
            var (publisher, version) = Names(request, package.Info);
            var id = $"{publisher}.{package.Info.Name}";
            var container = Path.GetFileName(request.Container);
            if (package.Form != PackageForm.Container || !FileName().IsMatch(container))
            {
                throw new RefusedException(EnvelopeDiagnostics.ContainerName.In(request.Container, container));
            }

            if (package.Length >= uint.MaxValue - (1 << 24))
            {
                throw new RefusedException(EnvelopeDiagnostics.TooLarge.In(request.Container, container));
            }

            var lines = request.SignatureLines ?? package.SignatureLines;
            var output = Directory.Exists(request.Output) ? Path.Combine(request.Output, $"{id}.{version}.nupkg") : request.Output;
            var nuspec = new Nuspec(id, version)
            {
                Publisher = publisher,
                Family = package.Info.Family,
                License = package.Info.License,
                Description = string.IsNullOrWhiteSpace(package.Info.Description) ? $"The {package.Info.Family} {package.Info.Name}" : package.Info.Description,
            };
            using var file = new FreshFile(output);
            var zip = new ZipWriter(file.Stream, request.Time);
            var inner = ContainerFormat.Metadata + container;
            string[] names = [$"{id}.nuspec", ContainerFormat.Tree, inner, .. lines is null ? [] : new[] { inner + ContainerFormat.SignatureExtension }];
            zip.Write("[Content_Types].xml", Nuspec.ContentTypes(names));
            zip.Write("_rels/.rels", Nuspec.Relations(names[0]));
            zip.Write(names[0], nuspec.Write());
            zip.Write(ContainerFormat.Tree, package.Tree.Bytes.Span);
            using (var content = File.OpenRead(request.Container))
            {
                zip.Copy(inner, content, cancel);
            }

            if (lines is { } signatures)
            {
                zip.Write(inner + ContainerFormat.SignatureExtension, signatures.Span);
            }

            zip.End();
            file.Commit();
            return new PackedEnvelope(Path.GetFullPath(output), id, version, package.Tree.Identity);
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

    /// <summary>Why a package could have no name on a feed (CAP2300 to CAP2303), known before anything is written; null when it can.</summary>
    /// <param name="container">The container's path, for the message.</param>
    /// <param name="publisher">Who publishes it.</param>
    /// <param name="slug">The package's own name.</param>
    /// <param name="version">Its semantic version.</param>
    public static Diagnostic? NameProblem(string container, string? publisher, string slug, string? version) =>
        publisher is null ? EnvelopeDiagnostics.NoPublisher.In(container, slug)
        : version is null ? EnvelopeDiagnostics.NoVersion.In(container, slug)
        : !PublisherName().IsMatch(publisher) ? EnvelopeDiagnostics.InvalidName.In(container, publisher)
        : !SlugName().IsMatch(slug) ? EnvelopeDiagnostics.InvalidName.In(container, slug)
        : !SemanticVersion().IsMatch(version) ? EnvelopeDiagnostics.InvalidVersion.In(container, version)
        : null;

    private static (string Publisher, string Version) Names(EnvelopeRequest request, PackageInfo info)
    {
        var (publisher, version) = (request.Publisher ?? info.Scope, request.Version ?? info.Version);
        if (NameProblem(request.Container, publisher, info.Name, version) is { } problem)
        {
            throw new RefusedException(problem);
        }

        Agree("publisher", publisher!, info.Scope);
        Agree("version", version!, info.Version);
        return (publisher!, version!);
    }

    internal static void Agree(string what, string outside, string? inside)
    {
        if (inside is not null && outside != inside)
        {
            throw new RefusedException(EnvelopeDiagnostics.Disagrees.Now(what, outside, inside));
        }
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PublisherName();

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlugName();

    // semver.org, with the bounds that feeds have.
    [GeneratedRegex(@"\A(?=.{5,64}\z)(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SemanticVersion();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,199}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
