using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Envelopes;

/// <summary>The metadata that feeds and NuGet's clients read.</summary>
/// <param name="Id"><c>publisher.slug</c>.</param>
/// <param name="Version">Semantic version.</param>
internal sealed partial record Nuspec(string Id, string Version)
{
    public const string PackageType = "Capsule";

    private const int MaxBytes = 1 << 20;

    private static readonly XNamespace Schema = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

    public required string Publisher { get; init; }

    public required string Description { get; init; }

    public required string Family { get; init; }

    public string? License { get; init; }

    public byte[] Write()
    {
        var metadata = new XElement(Schema + "metadata",
            new XElement(Schema + "id", Id),
            new XElement(Schema + "version", Version),
            new XElement(Schema + "authors", Publisher),
            License is not null && LicenseExpression().IsMatch(License) ? new XElement(Schema + "license", new XAttribute("type", "expression"), License) : null,
            new XElement(Schema + "description", Printable(Description)),
            new XElement(Schema + "tags", $"capsule {Family}"),
            new XElement(Schema + "packageTypes", new XElement(Schema + "packageType", new XAttribute("name", PackageType))));
        return Text(new XElement(Schema + "package", metadata));
    }

    /// <summary>Reads id and version of a package of type Capsule; CAP2306 for anything else.</summary>
    public static (string Id, string Version) Read(Stream stream)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxBytes };
        try
        {
            using var reader = XmlReader.Create(stream, settings);
            var metadata = XDocument.Load(reader).Root?.Elements().SingleOrDefault(e => e.Name.LocalName == "metadata") ?? throw Broken("its nuspec has no metadata");
            var types = metadata.Elements().Where(e => e.Name.LocalName == "packageTypes").Elements().Select(e => e.Attribute("name")?.Value).ToArray();
            return types is [PackageType]
                ? (One(metadata, "id"), One(metadata, "version"))
                : throw Broken($"its package type is not {PackageType}");
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException)
        {
            throw Broken("its nuspec is not valid XML");
        }
    }

    public static byte[] ContentTypes(IEnumerable<string> names)
    {
        XNamespace types = "http://schemas.openxmlformats.org/package/2006/content-types";
        var extensions = names.Select(n => (Name: n, Extension: Path.GetExtension(n).TrimStart('.').ToLowerInvariant())).ToArray();
        return Text(new XElement(types + "Types",
            new XElement(types + "Default", new XAttribute("Extension", "rels"), new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
            extensions.Where(e => e.Extension.Length > 0).Select(e => e.Extension).Distinct().Order(StringComparer.Ordinal)
                .Select(e => new XElement(types + "Default", new XAttribute("Extension", e), new XAttribute("ContentType", "application/octet"))),
            extensions.Where(e => e.Extension.Length == 0)
                .Select(e => new XElement(types + "Override", new XAttribute("PartName", "/" + e.Name), new XAttribute("ContentType", "application/octet")))));
    }

    public static byte[] Relations(string nuspec)
    {
        XNamespace relations = "http://schemas.openxmlformats.org/package/2006/relationships";
        return Text(new XElement(relations + "Relationships",
            new XElement(relations + "Relationship",
                new XAttribute("Type", "http://schemas.microsoft.com/packaging/2010/07/manifest"),
                new XAttribute("Target", "/" + nuspec),
                new XAttribute("Id", "R1"))));
    }

    private static byte[] Text(XElement root)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using (var writer = XmlWriter.Create(bytes, settings))
        {
            root.WriteTo(writer);
        }

        return bytes.ToArray();
    }

    // XML cannot hold most control characters, not even escaped.
    private static string Printable(string text) => string.Concat(text.EnumerateRunes().Where(r => r.Value is '\n' or '\t' || !Rune.IsControl(r)));

    private static string One(XElement metadata, string name) =>
        metadata.Elements().Where(e => e.Name.LocalName == name).ToArray() is [var element] ? element.Value : throw Broken($"its nuspec has no single {name}");

    private static RefusedException Broken(string why) => new(EnvelopeDiagnostics.NotAnEnvelope.Now(why));

    [GeneratedRegex(@"\A[A-Za-z0-9.+() -]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LicenseExpression();
}
