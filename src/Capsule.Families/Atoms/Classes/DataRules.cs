using System.Xml;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Classes;

/// <summary>Avro, XML Schema and TOML.</summary>
internal static class DataRules
{
    public static void Avro(ClassCheck check)
    {
        if (check.Data() is { } root && !IsAvro(root))
        {
            check.Report(root.Span, "the asset must be an Avro schema: an object with 'type' and 'name', or a list of them", "Name the schema's type, for example \"type\": \"record\".");
        }
    }

    public static void XmlSchema(ClassCheck check)
    {
        if (check.Text is not { } text)
        {
            return;
        }

        // No document type: entities could read files or grow without end.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = text.Text.Length };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.Text), settings);
            reader.MoveToContent();
            if (reader is not { LocalName: "schema", NamespaceURI: "http://www.w3.org/2001/XMLSchema" })
            {
                check.Report(text.Whole, $"the asset's root must be 'schema' of XML Schema, and is '{reader.LocalName}'", "Use the namespace http://www.w3.org/2001/XMLSchema.");
            }

            while (reader.Read())
            {
            }
        }
        catch (XmlException broken)
        {
            var line = Math.Max(1, broken.LineNumber);
            var column = Math.Max(1, broken.LinePosition);
            check.Report(new SourceSpan(text.Path, line, column, line, column), $"the asset is not well-formed XML: {broken.Message.TrimEnd('.')}", "Correct this place.");
        }
    }

    public static void Toml(ClassCheck check)
    {
        if (check.Text is { } text)
        {
            foreach (var problem in TomlReader.Read(text).Diagnostics)
            {
                check.Report(problem.Span ?? text.Whole, $"the asset is not valid TOML: {problem.Message.TrimEnd('.')}", problem.Hint);
            }
        }
    }

    private static bool IsAvro(Node node) => node switch
    {
        MappingNode map => map.Find("type") is not null && map.Find("name")?.Value is ScalarNode { Value: string { Length: > 0 } },
        SequenceNode list => list.Items.Count > 0 && list.Items.All(i => i is ScalarNode { Kind: ScalarKind.String } || (i is MappingNode map && map.Find("type") is not null)),
        _ => false,
    };
}
