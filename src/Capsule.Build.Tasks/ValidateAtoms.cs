using Capsule.Build.Tasks.Logging;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Families.Atoms.Rules;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Checks atoms, their hashes included, and reports each problem of each at its place.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ValidateAtoms : AtomsTask
{
    protected override Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var catalog = LoadCatalog();
        if (!catalog.Succeeded)
        {
            return Task.FromResult(catalog.Diagnostics);
        }

        var problems = new List<Diagnostic>(catalog.Diagnostics);
        foreach (var atom in Atoms.Select(Absolute))
        {
            cancel.ThrowIfCancellationRequested();
            var report = AtomValidator.Validate(catalog.Value, atom, AtomValidation.Default, cancel);
            problems.AddRange(report.Problems);
            if (report.IsValid)
            {
                var folder = Path.Combine(Absolute(StampFolder), Path.GetRelativePath(catalog.Value.Root, report.Folder));
                KeptDiagnostics.Keep(Path.Combine(folder, "diagnostics.json"), report.Problems);
                WholeFile.Stamp(Path.Combine(folder, "validated"));
            }
        }

        return Task.FromResult<IReadOnlyList<Diagnostic>>(problems);
    }
}
