using Capsule.Core.Diagnostics;
using YamlDotNet.Core;

namespace Capsule.Core.Text;

/// <summary>Says the parser's complaint in our form, and points at what a reader would look for.</summary>
internal static class YamlSyntaxError
{
    public static Diagnostic From(SourceText source, YamlException e)
    {
        var message = e.Message.Trim().TrimEnd('.') + ".";
        return YamlDiagnostics.Syntax.At(
            message.Contains("tab as indentation", StringComparison.Ordinal) ? FirstTab(source, e) : Place(source, e),
            char.ToLowerInvariant(message[0]) + message[1..]);
    }

    /// <summary>The parser names a line after the last one when the text ends too early.</summary>
    private static SourceSpan Place(SourceText source, YamlException e)
    {
        var map = new LineMap(source);
        var (start, end) = ((int)e.Start.Index, (int)e.End.Index);
        start = Math.Clamp(start, 0, source.Text.Length);
        return map.Span(start, Math.Clamp(end, start, source.Text.Length));
    }

    /// <summary>The parser names the map or list that began before the tab.</summary>
    private static SourceSpan FirstTab(SourceText source, YamlException e)
    {
        var map = new LineMap(source);
        for (var start = source.Text.AsSpan(0, Math.Clamp((int)e.Start.Index, 0, source.Text.Length)).LastIndexOf('\n') + 1; start < source.Text.Length;)
        {
            var tab = start + source.Text.AsSpan(start).IndexOfAnyExcept(' ');
            if (tab >= start && source.Text[tab] == '\t')
            {
                return map.Span(tab, tab + 1);
            }

            var next = source.Text.IndexOf('\n', start);
            start = next < 0 ? source.Text.Length : next + 1;
        }

        return Place(source, e);
    }
}
