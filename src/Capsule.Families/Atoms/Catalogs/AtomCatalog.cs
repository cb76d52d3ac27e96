using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>A catalog of atoms: a folder with <c>ATOMS.yml</c> (specs: atoms 4).</summary>
public sealed record AtomCatalog
{
    /// <summary>Absolute folder.</summary>
    public required string Root { get; init; }

    /// <summary>The first segment of each id.</summary>
    public required Field<string> Name { get; init; }

    /// <summary>Where other machines fetch the atoms; null when it is not stated.</summary>
    public Field<string>? CanonicalDomain { get; init; }

    /// <summary>The declared classes.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Relative, with <c>/</c>, without one at the end; empty for the root itself.</summary>
    public string CompositionFolder { get; init; } = "compositions";

    /// <summary>Lower case.</summary>
    public IReadOnlyList<string> RequiredAlgorithms { get; init; } = [];

    /// <summary>Lower case; of these only <see cref="AtomNames.Algorithms"/> can sign an atom.</summary>
    public IReadOnlyList<string> AcceptedAlgorithms { get; init; } = AtomNames.Algorithms;

    /// <summary>Null when the catalog states no rules at all.</summary>
    public IReadOnlyList<AtomQuorumRule>? QuorumRules { get; init; }

    public IReadOnlyList<AtomKey> Keys { get; init; } = [];

    /// <summary>A root key satisfies any term.</summary>
    public bool RootSatisfiesAll { get; init; }

    /// <summary>A signature counts only with an envelope.</summary>
    public bool RequiresEnvelope { get; init; }

    /// <summary>The binding rule for canonical bytes; null when the catalog binds none, and older hashes are accepted.</summary>
    public string? Canonicalization { get; init; }

    /// <summary>Licences of imported material besides the known ones.</summary>
    public IReadOnlyList<string> AcceptedLicenses { get; init; } = [];

    public string ManifestPath => Path.Combine(Root, AtomNames.CatalogName);

    public SourceSpan Place => SourceSpan.Of(ManifestPath);

    /// <summary>Where an atom of this catalog belongs, relative to the root, with <c>/</c>.</summary>
    public string PlaceOf(AtomReference atom) => Below($"{atom.Class}/{atom.FolderName}");

    /// <summary>The folder of an atom that is there, absolute; null when it is not. Both layouts are looked at.</summary>
    public string? Find(AtomReference atom)
    {
        if (atom.Catalog != Name.Value)
        {
            return null;
        }

        string[] places = [PlaceOf(atom), $"{atom.Class}/{atom.Slug}/{atom.Version}"];
        return places.Select(p => Path.Combine(Root, p)).FirstOrDefault(p => File.Exists(Path.Combine(p, AtomNames.ManifestName)));
    }

    public AtomKey? FindKey(string id) => Keys.FirstOrDefault(k => k.Id == id);

    /// <summary>The nearest folder with <c>ATOMS.yml</c>, from a file or folder upwards; null when there is none.</summary>
    public static string? FindRoot(string path)
    {
        for (var folder = Path.GetFullPath(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, AtomNames.CatalogName)))
            {
                return folder;
            }
        }

        return null;
    }

    private string Below(string path) => CompositionFolder.Length == 0 ? path : $"{CompositionFolder}/{path}";
}
