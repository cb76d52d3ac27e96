namespace Capsule.Families.Atoms.Canonical;

/// <summary>
/// Makes the text of one file equal across systems (specs: atoms 5.3, step 3): drops one byte order mark, turns CRLF and CR into
/// LF, ends a text that is not empty with LF. Blanks and further line ends stay: they carry meaning.
/// </summary>
internal sealed class TextNormalizer(Action<ReadOnlySpan<byte>> emit)
{
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';
    private bool _afterCr;
    private byte? _last;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> LineEnd => "\n"u8;

    /// <param name="piece">The next bytes.</param>
    /// <param name="first">True for the first piece; it holds the whole mark if there is one.</param>
    public void Add(ReadOnlySpan<byte> piece, bool first)
    {
        var rest = first && piece.StartsWith(Mark) ? piece[Mark.Length..] : piece;
        while (!rest.IsEmpty)
        {
            if (_afterCr)
            {
                _afterCr = false;
                if (rest[0] == Lf)
                {
                    rest = rest[1..];
                    continue;
                }
            }

            var cr = rest.IndexOf(Cr);
            var plain = cr < 0 ? rest : rest[..cr];
            if (!plain.IsEmpty)
            {
                Emit(plain);
            }

            if (cr < 0)
            {
                return;
            }

            Emit(LineEnd);
            _afterCr = true;
            rest = rest[(cr + 1)..];
        }
    }

    public void End()
    {
        if (_last is not (null or Lf))
        {
            Emit(LineEnd);
        }
    }

    private void Emit(ReadOnlySpan<byte> bytes)
    {
        emit(bytes);
        _last = bytes[^1];
    }
}
