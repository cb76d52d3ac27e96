using System.Text;
using System.Xml;
using System.Xml.Linq;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Runtime.Testing.Reports;

/// <summary>Reports in XML: how they are written, and what packages print in them.</summary>
internal static class XmlReport
{
    /// <summary>Writes the file whole; CAP6036 when it cannot be written.</summary>
    public static IReadOnlyList<Diagnostic> Write(string path, XDocument document)
    {
        try
        {
            using var bytes = new MemoryStream();
            using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" }))
            {
                document.Save(writer);
            }

            WholeFile.Write(path, bytes.ToArray());
            return [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [ReportDiagnostics.Unwritable.Now(path, problem.Message)];
        }
    }

    /// <summary>What a package prints may hold characters that XML has no way to write.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : $"\\x{rune.Value:x2}");
        }

        return clean.ToString();
    }
}
