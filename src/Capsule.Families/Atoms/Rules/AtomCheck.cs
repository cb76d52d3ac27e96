using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Atoms.Rules;

/// <summary>What the checks of one atom look at, and where they report.</summary>
internal sealed record AtomCheck(AtomCatalog Catalog, string Folder, AtomManifest Manifest, AtomFiles Files, AtomValidation Options, List<Diagnostic> Problems)
{
    /// <summary>The class that the folder says; null when the folder has none of the layouts.</summary>
    public required AtomPlace? Place { get; init; }

    public void Report(Diagnostic problem) => Problems.Add(problem);
}
