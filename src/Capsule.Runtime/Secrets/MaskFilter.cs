using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Capsule.Runtime.Secrets;

/// <summary>
/// Masks a stream of bytes that comes in pieces. What may be the beginning of a value is held until it is known, and nothing more: at most
/// as many bytes as the longest form of a value has.
/// </summary>
internal sealed class MaskFilter(SecretMask mask)
{
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes(SecretMask.Mark);

    private readonly int[] _seen = new int[mask.Patterns.Count];
    private readonly List<byte> _held = [];

    // Which of the held bytes are known to belong to a value. A longer form may begin before a shorter one and end after it.
    private readonly List<bool> _hidden = [];
    private bool _marked;

    /// <summary>True once something was masked.</summary>
    public bool HasMasked { get; private set; }

    /// <summary>Takes a piece and gives what is known by now.</summary>
    public void Feed(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        while (!piece.IsEmpty)
        {
            if (_held.Count == 0)
            {
                // Between values only their first bytes matter.
                var next = piece.IndexOfAny(mask.First);
                var plain = next < 0 ? piece : piece[..next];
                if (!plain.IsEmpty)
                {
                    output.Write(plain);
                    _marked = false;
                }

                if (next < 0)
                {
                    return;
                }

                piece = piece[next..];
            }

            Take(piece[0], output);
            piece = piece[1..];
        }
    }

    /// <summary>Nothing more comes: what is held was no value.</summary>
    public void End(IBufferWriter<byte> output)
    {
        Release(_held.Count, output);
        Array.Clear(_seen);
    }

    private void Take(byte next, IBufferWriter<byte> output)
    {
        _held.Add(next);
        _hidden.Add(false);
        var deepest = 0;
        for (var i = 0; i < _seen.Length; i++)
        {
            var pattern = mask.Patterns[i];
            var seen = _seen[i] = pattern.Advance(_seen[i], next);
            if (seen == pattern.Bytes.Length)
            {
                // Everything from its first byte on is still held, for it was part of this match.
                CollectionsMarshal.AsSpan(_hidden)[^seen..].Fill(true);
                HasMasked = true;
                seen = _seen[i] = pattern.Overlap;
            }

            deepest = Math.Max(deepest, seen);
        }

        Release(_held.Count - deepest, output);
    }

    private void Release(int count, IBufferWriter<byte> output)
    {
        var held = CollectionsMarshal.AsSpan(_held);
        for (var i = 0; i < count; i++)
        {
            if (!_hidden[i])
            {
                output.Write(held.Slice(i, 1));
                _marked = false;
            }
            else if (!_marked)
            {
                // Values side by side, and one in pieces, are one mark.
                output.Write(Mark);
                _marked = true;
            }
        }

        _held.RemoveRange(0, count);
        _hidden.RemoveRange(0, count);
    }
}
