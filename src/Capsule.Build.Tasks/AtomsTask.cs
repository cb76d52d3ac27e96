using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Catalogs;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>A task about atoms of one catalog.</summary>
public abstract class AtomsTask : CapsuleTask
{
    /// <summary>The catalog's <c>ATOMS.yml</c>.</summary>
    [Required]
    public string Catalog { get; set; } = "";

    /// <summary>The <c>atom.toml</c> of each atom.</summary>
    [Required]
    public string[] Atoms { get; set; } = [];

    private protected Result<AtomCatalog> LoadCatalog() => AtomCatalogReader.Load(Path.GetDirectoryName(Absolute(Catalog))!);
}
