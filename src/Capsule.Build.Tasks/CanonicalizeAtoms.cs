using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Rules;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Writes the hash of each atom that has none yet; a hash that does not fit is an error.</summary>
[MSBuildMultiThreadableTask]
public sealed class CanonicalizeAtoms : AtomsTask
{
    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var catalog = LoadCatalog();
        if (!catalog.Succeeded)
        {
            return catalog.Diagnostics;
        }

        var problems = new List<Diagnostic>(catalog.Diagnostics);
        foreach (var atom in Atoms.Select(Absolute))
        {
            var written = await AtomHashWriter.WriteAsync(catalog.Value, atom, AtomValidation.Default, force: false, cancel);
            problems.AddRange(written.Problems);
            if (written.Changed)
            {
                Log.LogMessage(MessageImportance.High, "  {0} -> {1}", written.Report!.Manifest!.Reference, written.Hash);
            }
        }

        return problems;
    }
}
