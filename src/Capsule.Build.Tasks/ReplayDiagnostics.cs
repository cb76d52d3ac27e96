using Capsule.Build.Tasks.Logging;
using Capsule.Core.Diagnostics;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Says the warnings of the last validation again, when that step was up to date.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ReplayDiagnostics : CapsuleTask
{
    protected override Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var log = new DiagnosticLog(Log, SdkRoot, OrNull(Project));
        foreach (var kept in KeptDiagnostics.Read(TaskEnvironment.GetAbsolutePath(DiagnosticsFile)))
        {
            cancel.ThrowIfCancellationRequested();
            log.Write(kept);
        }

        return Task.FromResult<IReadOnlyList<Diagnostic>>([]);
    }
}
