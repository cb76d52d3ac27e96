namespace Capsule.Core.Text;

/// <summary>What a line of a TOML document does.</summary>
internal enum TomlStatementKind
{
    /// <summary><c>[a.b]</c></summary>
    Header,

    /// <summary><c>[[a.b]]</c></summary>
    ListHeader,

    /// <summary><c>a.b = value</c></summary>
    KeyValue,
}

/// <summary>One statement with its offsets, for lossless edits.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Keys">The key as written, without what the header above adds.</param>
/// <param name="LineStart">The start of its first line, indentation included.</param>
/// <param name="ValueStart">For a key: the first character of the value; for a header: its bracket.</param>
/// <param name="ValueEnd">After the last character of the value or header.</param>
/// <param name="LineEnd">After the line's end, comment included.</param>
internal sealed record TomlStatement(
    TomlStatementKind Kind, IReadOnlyList<TomlKey> Keys, int LineStart, int ValueStart, int ValueEnd, int LineEnd);
