using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Distribution.Release;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Envelopes;
using Capsule.Packaging.Tests.Containers;
using Capsule.Tests;
using Capsule.Trust;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum;

namespace Capsule.Packaging.Tests.Release;

/// <summary>A tiny container that two signers release, exactly as many as the trust file asks for.</summary>
internal sealed class SignedContainer : IDisposable
{
    private readonly Project _project = new();
    private readonly TemporaryFolder _home = new();
    private TrustContext _trust = null!;
    private SignatureLines _lines = null!;

    public string Container { get; private set; } = "";

    /// <summary>The container in a .nupkg, with both lines inside and none beside it.</summary>
    public async Task<string> EnvelopeAsync()
    {
        var path = _home["acme.hello.1.0.0.nupkg"];
        Project.Value(await PackageEnvelope.WriteAsync(new EnvelopeRequest(Container, path) { Publisher = "acme", Version = "1.0.0" }, CancellationToken.None));
        return path;
    }

    public static async Task<SignedContainer> MakeAsync()
    {
        var scene = new SignedContainer();
        scene._project.Add("capability.yml", "name: hello\n");
        var plan = scene._project.Plan() with { License = null, Description = null };
        scene.Container = Project.Value(await PackagePacker.PackAsync(new PackRequest(plan, scene._project.Root, scene._project.Output), CancellationToken.None)).Path;
        using var a = new MemorySigner(SignatureAlgorithms.EcdsaP256);
        using var b = new MemorySigner(SignatureAlgorithms.Ed25519);
        scene._lines = Project.Value(await ContainerSigner.SignAsync(
            new SignContainerRequest(scene.Container, scene.Container + SignatureLines.Suffix, [new RoleSigner(a, "release"), new RoleSigner(b, "release")]), CancellationToken.None));
        scene._home.Write("trust.toml", $"version = 1\n{Signer("a", a)}{Signer("b", b)}[[scope]]\nmatch = \"*\"\nroles.release = {{ signers = [\"a\", \"b\"], threshold = 2 }}\n");
        scene._trust = Project.Value(TrustContext.Open(scene._home.Path));
        return scene;
    }

    public string Write(int number, byte[] content, string extension = ".capakit")
    {
        var path = _home[$"{number % 16}-{Environment.CurrentManagedThreadId}{extension}"];
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>As <c>capsule verify</c> reads and judges it.</summary>
    public async Task<Result<VerifiedPackage>> VerifyAsync(string path)
    {
        var opened = await PackageReader.OpenAsync(path, CancellationToken.None);
        var tree = opened.Succeeded ? await opened.Value.VerifyAsync(CancellationToken.None) : null;
        if (tree is not { Succeeded: true })
        {
            return Result.Failed<VerifiedPackage>(tree?.Diagnostics ?? opened.Diagnostics);
        }

        // What lies beside a container is not what was flipped; a .nupkg has its lines inside.
        var lines = !path.EndsWith(".nupkg", StringComparison.Ordinal) ? _lines
            : opened.Value!.SignatureLines is { } carried ? SignatureLines.Read(carried) : SignatureLines.None;
        if (!lines.Succeeded)
        {
            return Result.Failed<VerifiedPackage>(lines.Diagnostics);
        }

        var info = opened.Value!.Info;
        return PackageVerifier.Verify(new VerifyRequest
        {
            Package = new PackageReference(info.Family, info.Scope, info.Name, info.Version, tree.Value.Identity),
            Lines = lines.Value,
            Trust = _trust,
            Now = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero),
        });
    }

    public void Dispose()
    {
        _project.Dispose();
        _home.Dispose();
    }

    private static string Signer(string name, MemorySigner key) =>
        $"[signers.{name}]\nkeys = [{{ algorithm = \"{key.PublicKey.Algorithm.Name}\", spki = \"{key.PublicKey.SpkiBase64}\" }}]\n";
}
