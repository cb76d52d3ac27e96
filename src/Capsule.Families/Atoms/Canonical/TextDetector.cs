using System.Text.Unicode;

namespace Capsule.Families.Atoms.Canonical;

/// <summary>Tells whether a file is text: valid UTF-8 without a NUL byte. It is fed in pieces.</summary>
internal sealed class TextDetector
{
    private readonly byte[] _held = new byte[4];
    private int _heldCount;

    public bool IsText { get; private set; } = true;

    public void Add(ReadOnlySpan<byte> piece)
    {
        if (!IsText || piece.IsEmpty)
        {
            return;
        }

        if (piece.Contains((byte)0))
        {
            IsText = false;
            return;
        }

        // A character that was cut between two pieces is put together first.
        while (_heldCount > 0 && !piece.IsEmpty && (piece[0] & 0xC0) == 0x80 && _heldCount < 4)
        {
            _held[_heldCount++] = piece[0];
            piece = piece[1..];
        }

        if (_heldCount > 0 && (piece.IsEmpty && CutLength(_held.AsSpan(0, _heldCount)) > 0))
        {
            return;
        }

        var cut = CutLength(piece);
        IsText = Utf8.IsValid(_held.AsSpan(0, _heldCount)) && Utf8.IsValid(piece[..^cut]);
        piece[^cut..].CopyTo(_held);
        _heldCount = cut;
    }

    public void End() => IsText = IsText && _heldCount == 0;

    /// <summary>How many bytes at the end begin a character that is not complete.</summary>
    private static int CutLength(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if ((lead & 0xC0) != 0x80)
            {
                var length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
                return length > back ? back : 0;
            }
        }

        return 0;
    }
}
