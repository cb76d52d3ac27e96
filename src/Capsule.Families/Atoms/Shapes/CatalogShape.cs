using Capsule.Core.Schemas;
using Capsule.Families.Atoms.Canonical;

namespace Capsule.Families.Atoms.Shapes;

/// <summary>An <c>ATOMS.yml</c> (specs: atoms 4, 7.1).</summary>
internal static class CatalogShape
{
    private const string Term = @"\s*[0-9]{1,9}\s*(?:of\s*[0-9]{1,9}\s*)?of\s*role\s*:\s*[a-z0-9-]+\s*";

    private static readonly MapShape More = new(TextShape.Any, AnyShape.Value);

    private static readonly ListShape Algorithms = new(TextShape.Any with { Examples = ["ml-dsa-44", "ml-dsa-65", "ml-dsa-87"] });

    private static readonly UnionShape MaybeTime = new(AtomTexts.Time, new ScalarShape("null"));

    private static readonly FieldShape QuorumRules = new("quorum_rules", new MapShape(TextShape.Any, new UnionShape(
        TextShape.Whole($@"{Term}(?:(?:\+|and){Term})*", "1 of role:catalog-maintainer + 2 of 5 of role:ratifier"),
        new ListShape(new TableShape("term", "A term of a quorum.",
        [
            new("role", AtomTexts.Word with { Examples = [.. AtomNames.Roles] }, "Role whose keys count.") { Required = true },
            new("count", new IntegerShape(1, 1000), "Keys that must have signed.") { Required = true },
            new("of", new IntegerShape(1, 1000), "Keys that are registered with the role."),
        ]))
        { Least = 1 })), "Who must sign, by class, class/slug, pattern, or default.");

    public static TableShape Key { get; } = new("key", "A key that may sign. Entries are revoked, never deleted.",
    [
        new("id", ScalarShape.Any, "Name of the key in signatures.") { Required = true },
        new("role", AtomTexts.Word with { Examples = [.. AtomNames.Roles] }, "The one role of the key.") { Required = true },
        new("algorithm", AtomTexts.Algorithm, "What it signs with.") { Required = true },
        new("fingerprint", AtomTexts.Fingerprint, "SHA-256 of the raw public key, in lower-case hex.") { Required = true },
        new("public_key", TextShape.Any, "Base64 of the SubjectPublicKeyInfo or of the raw key."),
        new("public_key_file", TextShape.Any, "PEM file inside the catalog, in place of public_key."),
        new("created_at", MaybeTime, "From when the key may sign."),
        new("expires_at", MaybeTime, "Until when; null for always."),
        new("revoked", ScalarShape.Boolean, "True: the key counts for nothing."),
        new("revoked_at", MaybeTime, "Since when."),
        new("revocation_reason", ScalarShape.Any, "Why, for people."),
        new("backend", ScalarShape.Any, "Who holds the private half."),
        new("backend_ref", ScalarShape.Any, "What the backend calls the key."),
    ])
    { Others = More };

    private static readonly FieldShape Keys = new("keys", new ListShape(Key), "Keys that may sign; 'capsule key register' adds one.");

    public static TableShape Manifest { get; } = new("catalog", "A catalog of atoms.",
    [
        new("spec_version", TextShape.Whole(@"atoms-spec/v1\..*", "atoms-spec/v1.1.0"), "Form of this file."),
        new("name", AtomTexts.Word, "Name of the catalog: the first part of each id.") { Required = true },
        new("version", AtomTexts.Version, "Version of the catalog."),
        new("canonical_domain", TextShape.Whole(@"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?", "atoms.example.org"), "Host that other machines fetch the atoms from."),
        new("atom_types", new ListShape(AtomTexts.Word), "Classes that atoms of the catalog may have.") { Required = true },
        new("composition_dir", TextShape.Any, "Folder of the atoms, relative to this file; compositions/ when left out."),
        new("canonicalization", TextShape.OneOf(
            new Choice(CanonicalRules.Canonical, "All files of an atom."), new Choice(CanonicalRules.RawAsset, "The bytes of the asset alone.")), "Binding rule for hashes and signatures."),
        new("signing", new TableShape("signing", "Who may sign, and who must.",
        [
            new("required_algorithms", Algorithms, "Algorithms that new signatures should have."),
            new("accepted_algorithms", Algorithms, "Algorithms that signatures may have."),
            QuorumRules,
            new("root_satisfies_all", ScalarShape.Boolean, "True: a root key counts in every role."),
            new("require_envelope", ScalarShape.Boolean, "True: a signature counts only with an envelope."),
            Keys,
        ]) { Others = More }, "Who may sign, and who must."),
        QuorumRules,
        Keys,
        new("licensing", new TableShape("licensing", "Licences.", [new("accepted_upstream", new ListShape(TextShape.Any), "Licences of imported material besides the known ones.")]) { Others = More }, "Licences."),
    ])
    { Others = More };
}
