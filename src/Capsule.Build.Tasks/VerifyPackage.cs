using Capsule.Core.Diagnostics;
using Capsule.Packaging.Containers;
using Capsule.Trust.Envelopes;
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
        if (OrNull(Signatures) is { } file)
        {
            var lines = (await SignatureLines.ReadFileAsync(Absolute(file), cancel)).OrRefuse();
            if (!lines.Lines.Any(l => l.Release is not null && l.Statement?.Identity == tree.Identity))
            {
                return [SdkDiagnostics.NotSigned.In(Absolute(file), Path.GetFileName(Container))];
            }
        }

        WholeFile.Stamp(Absolute(Stamp));
        return [];
    }
}
