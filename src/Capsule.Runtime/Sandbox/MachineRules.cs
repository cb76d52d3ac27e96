using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Sandbox;

/// <summary>What a plan demands of the machine beyond the walls that every cell has.</summary>
internal static class MachineRules
{
    public static IEnumerable<Diagnostic> Check(CellRequest request, int landlockAbi)
    {
        if (landlockAbi == 0)
        {
            yield return SandboxDiagnostics.LandlockAbsent.Now() with { Severity = request.Requires.Landlock ? Severity.Error : Severity.Warning };
        }

        if (request.Requires.Gpu is { } gpu)
        {
            yield return SandboxDiagnostics.GpuNotOffered.Now(request.Name, gpu);
        }
    }
}
