using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Model;

/// <summary>
/// An <c>atom.toml</c> as a package carries it: without the tables <c>[signature.*]</c>, each from its header to the next header or the end
/// (specs: trust 1), and with one line end at its end. A signature brings an empty line with it, so empty lines at the end cannot count:
/// the text is the same before the first signature and after the last.
/// </summary>
internal static class UnsignedText
{
    private const string Table = "signature";

    public static string Of(SourceText source)
    {
        var text = TomlEditor.Open(source) is { Succeeded: true } editor ? editor.Value.TextWithoutTables(Table) : source.Text;
        var end = text.Length;
        for (var line = end; line > 0 && IsBlank(text, line = LineStart(text, line), end);)
        {
            end = line;
        }

        var first = text.IndexOf('\n', StringComparison.Ordinal);
        return end == 0 || text[end - 1] == '\n' ? text[..end] : text[..end] + (first > 0 && text[first - 1] == '\r' ? "\r\n" : "\n");
    }

    /// <summary>The tables that are left out; empty when there are none.</summary>
    public static string Signatures(SourceText source) => TomlEditor.Open(source) is { Succeeded: true } editor ? editor.Value.TextOfTables(Table) : "";

    /// <summary>Where the line begins that ends at a place.</summary>
    private static int LineStart(string text, int end) => end < 2 ? 0 : text.LastIndexOf('\n', end - 2) + 1;

    private static bool IsBlank(string text, int start, int end) => text.AsSpan(start, end - start).Trim().IsEmpty;
}
