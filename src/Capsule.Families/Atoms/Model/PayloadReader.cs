using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Model;

/// <summary>Finds the payload: <c>[spec]</c>, else the table named after the class, else one named after a family (specs: atoms 3.2).</summary>
internal static class PayloadReader
{
    private static readonly string[] Families = ["api", "schema", "language", "taxonomy"];

    public static AtomPayload? Read(FieldReader top, string? folderClass)
    {
        var classSection = folderClass?.Replace('-', '_');
        var section = top.Has("spec") ? "spec"
            : classSection is not null && IsTable(top, classSection) ? classSection
            : Families.Where(f => IsTable(top, f)).ToArray() is [var only] ? only
            : null;
        if (section is null)
        {
            var several = Families.Where(f => IsTable(top, f)).ToArray();
            top.Report(several.Length > 1
                ? AtomDiagnostics.Payload.At(top.Place, $"Several tables could be the payload: {string.Join(", ", several.Select(s => $"[{s}]"))}.", "Put the payload into [spec].")
                : AtomDiagnostics.Payload.At(top.Place, "There is no payload: the table [spec] is missing.", "Add [spec] with class, title, summary, authors, conforms_to and asset."));
            return null;
        }

        if (top.Mapping(section) is not { } fields)
        {
            return null;
        }

        return new AtomPayload
        {
            Section = section,
            Class = AtomReader.Filled(fields, "class", required: section == "spec"),
            Asset = AtomReader.Filled(fields, "asset", required: false),
            AssetSource = AtomReader.Filled(fields, "asset_source", required: false),
            ConformsTo = AtomReader.Filled(fields, "conforms_to", required: false),
            InlineValues = fields.Strings("inline_values"),
            Place = fields.Place,
            Fields = fields,
        };
    }

    private static bool IsTable(FieldReader top, string key) => top.Node.Find(key)?.Value is MappingNode;
}
