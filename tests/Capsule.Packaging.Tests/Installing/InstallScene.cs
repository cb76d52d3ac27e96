using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Distribution;
using Capsule.Distribution.Feeds;
using Capsule.Distribution.Installing;
using Capsule.Distribution.Store;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Envelopes;
using Capsule.Packaging.Tests.Containers;
using Capsule.Tests;
using Capsule.Trust.Quorum;

namespace Capsule.Packaging.Tests.Installing;

/// <summary>A home with a store, and feeds in folders beside it.</summary>
internal sealed class InstallScene : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InstallScene()
    {
        Store = new PackageStore(_folder["home", "store"]);
    }

    public PackageStore Store { get; init; }

    public string this[params string[] parts] => _folder[parts];

    /// <summary>Packs acme/hello 1.0.0; other content is another identity.</summary>
    public async Task<PackedEnvelope> PackAsync(string content = "")
    {
        using var project = Project.Small();
        project.Add("content.txt", content);
        var packed = await project.PackAsync();
        var folder = Directory.CreateDirectory(_folder[Guid.NewGuid().ToString("N")]).FullName;
        return Project.Value(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, folder), CancellationToken.None));
    }

    /// <summary>A folder feed with these packages.</summary>
    public Feed Feed(string name, params IEnumerable<PackedEnvelope> packages)
    {
        Directory.CreateDirectory(_folder[name]);
        foreach (var package in packages)
        {
            File.Copy(package.Path, _folder[name, Path.GetFileName(package.Path)]);
        }

        return Project.Value(Distribution.Feeds.Feed.Open(name, _folder.Path));
    }

    /// <param name="package">What is asked for.</param>
    /// <param name="identity">The identity that is trusted.</param>
    /// <param name="home">The folder whose memory of earlier installations counts.</param>
    /// <param name="manifestVersion">The version that the manifest states.</param>
    /// <param name="file">A package file instead of feeds.</param>
    /// <param name="feeds">Where to look.</param>
    public async Task<Result<InstalledPackage>> InstallAsync(
        string package, string? identity = null, string home = "home", string manifestVersion = "1.0.0", string? file = null, params IReadOnlyList<Feed> feeds)
    {
        Directory.CreateDirectory(_folder[home]);
        return await PackageInstaller.InstallAsync(
            new InstallRequest
            {
                Package = Project.Value(PackageName.Parse(package)),
                File = file,
                Feeds = feeds,
                Trust = Project.Value(TrustContext.Open(_folder[home])),
                ReadManifest = _ => new PackageReference(FamilyNames.Kit, null, "hello", manifestVersion),
                ExpectedIdentity = identity,
                Now = DateTimeOffset.UtcNow,
            },
            Store,
            CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();
}
