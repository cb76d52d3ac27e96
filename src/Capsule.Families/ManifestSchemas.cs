using Capsule.Core.Schemas;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Shapes;
using Capsule.Families.Capsules.Shapes;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families;

/// <summary>The JSON Schemas of the manifests, for editors. They are written from the shapes that the readers use.</summary>
public static class ManifestSchemas
{
    public static IReadOnlyList<SchemaDocument> All { get; } =
    [
        new("capability.yml", "Kit", KitShape.Manifest),
        new("capability-test.yml", "Tests of a Kit", new EitherShape("tests", KitTestShape.File, KitTestShape.Case)),
        new("capsule.toml", "Capsule", CapsuleShape.Manifest),
        new(AtomNames.ManifestName, "Atom", AtomShape.Manifest),
        new(AtomNames.CatalogName, "Catalog of atoms", CatalogShape.Manifest),
    ];

    /// <summary>By the manifest's name or the schema's: <c>capability.yml</c>, <c>capability</c> or <c>capability.schema.json</c>.</summary>
    public static SchemaDocument? Find(string name) => All.FirstOrDefault(s => name == s.Manifest || name == s.Name || name == s.FileName);
}
