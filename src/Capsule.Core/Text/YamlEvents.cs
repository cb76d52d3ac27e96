using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Capsule.Core.Text;

/// <summary>
/// The parser's events. On some broken documents the library fails with an exception of its own making (a queue that is
/// empty, an index out of range); here that is a syntax error after the last good event.
/// </summary>
internal sealed class YamlEvents(TextReader text) : IParser
{
    private readonly Parser _parser = new(new Scanner(text, skipComments: true));

    public ParsingEvent? Current => _parser.Current;

    public bool MoveNext()
    {
        var last = _parser.Current?.End ?? Mark.Empty;
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            throw new YamlException(last, last, "What follows cannot be understood.");
        }
    }
}
