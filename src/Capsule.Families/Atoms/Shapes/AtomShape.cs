using Capsule.Core.Schemas;
using Capsule.Families.Atoms.Classes;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Families.Atoms.Shapes;

/// <summary>An <c>atom.toml</c> (specs: atoms 3, 6.1).</summary>
internal static class AtomShape
{
    private static readonly MapShape More = new(TextShape.Any, AnyShape.Value);

    private static readonly ListShape OtherRfcs = new(TextShape.Whole("RFC [1-9][0-9]*", "RFC 1597"));

    public static TableShape Amendment { get; } = new("amendment", "A change that was agreed on.",
    [
        new("date", AnyShape.Value, "When.") { Required = true },
        new("author", AtomTexts.Filled, "Who.") { Required = true },
        new("summary", AtomTexts.Filled, "What changed.") { Required = true },
    ])
    { Others = More };

    /// <summary>What every payload may have; classes ask for more of it.</summary>
    private static IReadOnlyList<FieldShape> PayloadFields { get; } =
    [
        new("asset", AtomTexts.Asset, "File beside this one that holds the content."),
        new("asset_source", AtomTexts.Asset, "File beside this one that the asset was made from."),
        new("title", TextShape.Any, "Title as people read it."),
        new("summary", TextShape.Any, "A sentence about the content."),
        new("authors", new ListShape(TextShape.Any), "Who wrote it."),
        new("conforms_to", AtomTexts.Reference, "The specification that the content follows, by its full reference."),
        new("inline_values", new ListShape(TextShape.Any), "1 to 5 values of a small vocabulary, in place of an asset."),
        new("amendments", new ListShape(Amendment), "Changes that were agreed on."),
        new("schema_version", TextShape.Any with { Examples = JsonSchemaRules.Versions }, "Of a json-schema: which JSON Schema it is."),
        new("root_schema_id", TextShape.Any, "Of a json-schema: the $id of the asset."),
        new("rfc_number", new IntegerShape(1), "Of an rfc: its number; the slug is rfc-N."),
        new("published_date", TextShape.Any with { Examples = ["1996-02", "1996-02-01"] }, "Of an rfc: when it was published."),
        new("status", TextShape.Any with { Examples = RfcRules.Statuses }, "Of an rfc: its status."),
        new("obsoletes", OtherRfcs, "Of an rfc: those that it replaces."),
        new("obsoleted_by", OtherRfcs, "Of an rfc: those that replace it."),
        new("errata_ids", new ListShape(new IntegerShape()), "Of an rfc: numbers of its errata."),
        new("fips_number", new IntegerShape(1), "Of a fips: its number; the slug is fips-N."),
    ];

    public static TableShape Payload { get; } = new("payload", "What the atom is, in a table named after its class.",
        [new("class", AtomTexts.Word, "Class of the atom, as its folder says."), .. PayloadFields])
    { Others = More };

    public static TableShape Spec { get; } = new("spec", "What the atom is.",
        [new("class", AtomTexts.Word, "Class of the atom: one of atom_types in ATOMS.yml, and its folder.") { Required = true }, .. PayloadFields])
    {
        Others = More,
        Rules =
        [
            TableRule.Without("inline_values") with { Requires = ["asset"] },
            Class("design-spec") with { Requires = ["title", "summary", "authors", "conforms_to"], Fits = [("title", AtomTexts.Filled), ("summary", AtomTexts.Filled), ("conforms_to", AtomTexts.Filled)] },
            Class("json-schema") with { Requires = ["schema_version", "root_schema_id"], Fits = [("schema_version", TextShape.OneOf(JsonSchemaRules.Versions))] },
            Class("rfc") with
            {
                Requires = ["rfc_number", "title", "authors", "published_date", "status"],
                Fits = [("published_date", TextShape.Whole("[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")), ("status", TextShape.OneOf([.. RfcRules.Statuses, "STANDARDS_TRACK"]))],
            },
            Class("fips") with { Requires = ["fips_number"] },
        ],
    };

    public static TableShape Protocol { get; } = new("protocol", "Where imported material comes from.",
    [
        new("provenance", TextShape.Whole("https?://.*", "https://www.rfc-editor.org/rfc/rfc1918 — imported 2026-05-24"), "Address of the source, then a citation.") { Required = true },
        new("license", TextShape.NotBlank with { Examples = ProtocolCheck.Licenses }, "Licence of the source; others can be named in ATOMS.yml.") { Required = true },
        new("import", AnyShape.Value, "What the import has noted."),
    ])
    { Others = More };

    /// <summary>A malformed one counts for nothing; it is no mistake of the manifest.</summary>
    public static TableShape Signature { get; } = new("signature", "A signature; the key's id is the table's name.",
    [
        new("algorithm", AnyShape.Value, "ML-DSA-44, ML-DSA-65 or ML-DSA-87."),
        new("fingerprint", AnyShape.Value, "SHA-256 of the raw public key, in hex."),
        new("signed_at", AnyShape.Value, "When; it is shown and not proven."),
        new("value", AnyShape.Value, "The signature in base64."),
        new("envelope", AnyShape.Value, "A second signature, over the atom's identity, state and time."),
        new("public_key", AnyShape.Value, "The public key in base64; its fingerprint must be registered."),
        new("canon", AnyShape.Value, "Rule for the bytes that are signed."),
    ])
    { Others = More };

    public static TableShape Manifest { get; } = new("atom", "An atom: a document with its identity, hash and signatures.",
    [
        new("id", AtomTexts.Id, "Catalog, class and slug; the version stands apart.") { Required = true },
        new("version", AtomTexts.Version, "Version of the content. What was published does not change.") { Required = true },
        new("content_hash", AtomTexts.Hash, "SHA-256 of the files; 'capsule atom canonicalize' writes it."),
        new("lifecycle", TextShape.OneOf(
            new Choice("draft", "Being written."), new Choice("published", "Fixed; 'capsule atom publish' says so."), new Choice("adopted", "Fixed and in use."),
            new Choice("deprecated", "Still there, not for new use."), new Choice("retired", "No longer served; superseded_by says what follows.")), "State of the atom.") { Required = true },
        new("created_at", AtomTexts.Time, "When the atom was made.") { Required = true },
        new("published_at", AtomTexts.Time, "When it was published."),
        new("supersedes", AtomTexts.Reference, "The atom that this one replaces, by its full reference."),
        new("superseded_by", AtomTexts.Reference, "The atom that replaces this one, by its full reference."),
        new("migration_notes", TextShape.Any, "How to change over."),
        new("spec", Spec, "What the atom is."),
        new("protocol", Protocol, "Where imported material comes from."),
        new("signature", new MapShape(TextShape.Any, Signature), "Signatures by the ids of their keys."),
        new("signatures", AnyShape.Value, "Signatures of another generation of atoms; they count for nothing."),
    ])
    {
        Others = new MapShape(TextShape.Any, Payload),
        Rules = [TableRule.With("lifecycle", AtomNames.Draft) with { Forbids = ["published_at"] }],
    };

    private static TableRule Class(string name) => TableRule.With("class", name);
}
