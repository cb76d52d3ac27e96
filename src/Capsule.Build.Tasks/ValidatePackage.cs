using Capsule.Build.Tasks.Logging;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Reads the manifest, checks every rule of its family, and reports each problem at its place.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ValidatePackage : PackageTask
{
    protected override Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var compiled = Compile();
        cancel.ThrowIfCancellationRequested();
        if (compiled.Succeeded)
        {
            KeptDiagnostics.Keep(Absolute(DiagnosticsFile), compiled.Diagnostics);
            WholeFile.Stamp(Absolute(Stamp));
        }

        return Task.FromResult(compiled.Diagnostics);
    }
}
