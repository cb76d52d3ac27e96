using Capsule.Core.Diagnostics;
using YamlDotNet.Core;

namespace Capsule.Core.Text;

/// <summary>
/// Turns the parser's marks into our places. Only a mark's offset is used: the parser counts more characters as line ends
/// than editors do, and names a line after the last one when a text ends too early.
/// </summary>
internal sealed class YamlPlaces(SourceText source)
{
    private readonly LineMap _lines = new(source);

    public SourceText Source { get; } = source;

    public SourceSpan Span(Mark start, Mark end)
    {
        var from = Offset(start);
        return _lines.Span(from, Math.Max(from, Offset(end)));
    }

    /// <summary>The one character at an offset.</summary>
    public SourceSpan Character(int offset) => _lines.Span(offset, offset + 1);

    public int Offset(Mark mark) => (int)Math.Clamp(mark.Index, 0, Source.Text.Length);
}
