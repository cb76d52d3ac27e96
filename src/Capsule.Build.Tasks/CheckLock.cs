using Capsule.Build.Tasks.Logging;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Packaging.Locking;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Compares the lock with what the manifest needs. Never writes it, never asks a network.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class CheckLock : PackageTask
{
    protected override Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var package = Compile(cancel).OrRefuse();
        var check = LockCheck.Check(new LockRequest(Absolute(LockFile)) { Sdk = SdkVersion, Toolchains = package.Toolchains, Dependencies = package.GitDependencies, Locked = Locked });
        if (check.Succeeded)
        {
            KeptDiagnostics.Keep(Absolute(DiagnosticsFile), check.Diagnostics);
            WholeFile.Stamp(Absolute(Stamp));
        }

        return Task.FromResult(check.Diagnostics);
    }
}
