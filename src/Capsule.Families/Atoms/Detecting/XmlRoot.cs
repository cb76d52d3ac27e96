using System.Xml;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>The root element of an XML document. Document types and everything they could name are off: a document with one has no root here.</summary>
internal static class XmlRoot
{
    public static (string Namespace, string Name)? Read(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("<"))
        {
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return reader.MoveToContent() == XmlNodeType.Element ? (reader.NamespaceURI, reader.LocalName) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
