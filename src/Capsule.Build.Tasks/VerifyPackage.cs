using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Plans;
using Capsule.Packaging.Containers;
using Capsule.Trust;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Reads the container as a stranger would: every byte against its tree, every signature line against its identity.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class VerifyPackage : CapsuleTask
{
    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var package = (await PackageReader.OpenAsync(Absolute(Container), cancel)).OrRefuse();
        var tree = (await package.VerifyAsync(cancel)).OrRefuse();
        var lines = OrNull(Signatures) is { } file ? (await SignatureLines.ReadFileAsync(Absolute(file), cancel)).OrRefuse() : SignatureLines.None;
        if (OrNull(Signatures) is not null && !lines.Lines.Any(l => l.Release is not null && l.Statement?.Identity == tree.Identity))
        {
            return [SdkDiagnostics.NotSigned.In(Absolute(Signatures!), Path.GetFileName(Container))];
        }

        var notes = OrNull(TrustFile) is { } trust ? Judge(package.Info, tree.Identity, lines, Absolute(trust)) : [];
        if (!notes.Any(n => n.IsError))
        {
            WholeFile.Stamp(Absolute(Stamp));
        }

        return notes;
    }

    /// <summary>What we built ourselves needs no trust of ours; the named file has to be satisfied all the same.</summary>
    private IReadOnlyList<Diagnostic> Judge(PackageInfo info, string identity, SignatureLines lines, string trustFile) =>
        PackageVerifier.Verify(new VerifyRequest
        {
            Package = new PackageReference(info.Family, info.Scope, info.Name, info.Version, identity),
            Lines = lines,
            Trust = TrustContext.Open(CapsuleHome(), trustFile).OrRefuse(),
            ExpectedIdentity = identity,
            Now = DateTimeOffset.UtcNow,
        }).Diagnostics;
}
