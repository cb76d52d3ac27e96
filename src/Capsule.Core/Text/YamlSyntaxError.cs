using Capsule.Core.Diagnostics;
using YamlDotNet.Core;

namespace Capsule.Core.Text;

/// <summary>Says the parser's complaint in our form, and points at what a reader would look for.</summary>
internal static class YamlSyntaxError
{
    public static Diagnostic From(YamlPlaces places, YamlException e)
    {
        var message = e.Message.Trim().TrimEnd('.') + ".";
        var tab = message.Contains("tab as indentation", StringComparison.Ordinal) ? FirstTab(places.Source.Text, places.Offset(e.Start)) : -1;
        return YamlDiagnostics.Syntax.At(
            tab >= 0 ? places.Character(tab) : places.Span(e.Start, e.End), char.ToLowerInvariant(message[0]) + message[1..]);
    }

    /// <summary>The parser names the map or list that began before the tab.</summary>
    private static int FirstTab(string text, int from)
    {
        for (var start = text.AsSpan(0, from).LastIndexOf('\n') + 1; start < text.Length;)
        {
            var tab = start + text.AsSpan(start).IndexOfAnyExcept(' ');
            if (tab >= start && text[tab] == '\t')
            {
                return tab;
            }

            var next = text.IndexOf('\n', start);
            start = next < 0 ? text.Length : next + 1;
        }

        return -1;
    }
}
