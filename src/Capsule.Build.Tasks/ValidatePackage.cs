using Capsule.Build.Tasks.Logging;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Families;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Reads the manifest, checks every rule of its family, and reports each problem at its place.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ValidatePackage : PackageTask
{
    protected override Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var compiled = Compile(cancel);
        if (compiled.Succeeded)
        {
            var unmet = LocalReferences.Check(compiled.Value, Absolute(Project), [.. References.Concat(ReferencedManifests).Select(Absolute)]);
            compiled = unmet.Count == 0 ? compiled : Result.Failed<CompiledPackage>(compiled.Diagnostics.Concat(unmet));
        }

        if (compiled.Succeeded)
        {
            KeptDiagnostics.Keep(Absolute(DiagnosticsFile), compiled.Diagnostics);
            WholeFile.Stamp(Absolute(Stamp));
        }

        return Task.FromResult(compiled.Diagnostics);
    }
}
