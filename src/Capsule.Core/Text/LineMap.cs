using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>Turns offsets into a text (UTF-16 code units, from 0) into lines and columns (from 1). A line ends after LF.</summary>
public sealed class LineMap
{
    private readonly string _path;
    private readonly List<int> _starts = [0];

    public LineMap(SourceText source)
    {
        _path = source.Path;
        for (var i = source.Text.IndexOf('\n'); i >= 0; i = source.Text.IndexOf('\n', i + 1))
        {
            _starts.Add(i + 1);
        }
    }

    /// <summary>The range from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public SourceSpan Span(int start, int end)
    {
        var (line, column) = Place(start);
        var (endLine, endColumn) = end == start ? (line, column) : Place(end);
        return new SourceSpan(_path, line, column, endLine, endColumn);
    }

    /// <summary>The offset of a place given by line and column.</summary>
    public int Offset(int line, int column) => _starts[line - 1] + column - 1;

    private (int Line, int Column) Place(int offset)
    {
        var found = _starts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - _starts[line] + 1);
    }
}
