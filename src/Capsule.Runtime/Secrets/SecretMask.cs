using System.Buffers;
using System.Text;

namespace Capsule.Runtime.Secrets;

/// <summary>Replaces the values of a run's secrets by <c>***</c> wherever the runner writes or passes on what a workload said.</summary>
internal sealed class SecretMask
{
    public const string Mark = "***";

    public static readonly SecretMask None = new([]);

    private readonly Pattern[] _patterns;

    /// <param name="values">The values; those that are too short are not masked.</param>
    public SecretMask(IEnumerable<string> values)
    {
        _patterns = [.. values.SelectMany(MaskPatterns.Of).DistinctBy(Encoding.Latin1.GetString).Select(bytes => new Pattern(bytes))];
        First = SearchValues.Create([.. _patterns.Select(p => p.Bytes[0]).Distinct()]);
    }

    /// <summary>True when nothing is to be masked.</summary>
    public bool IsEmpty => _patterns.Length == 0;

    internal IReadOnlyList<Pattern> Patterns => _patterns;

    /// <summary>The bytes with which any of them begins.</summary>
    internal SearchValues<byte> First { get; }

    /// <summary>A text that is whole.</summary>
    public string Apply(string text)
    {
        if (IsEmpty || text.Length < SecretRules.ShortestMasked)
        {
            return text;
        }

        var output = new ArrayBufferWriter<byte>(text.Length + Mark.Length);
        var filter = new MaskFilter(this);
        filter.Feed(Encoding.UTF8.GetBytes(text), output);
        filter.End(output);
        return filter.HasMasked ? Encoding.UTF8.GetString(output.WrittenSpan) : text;
    }

    /// <summary>A stream that is read through the mask; the stream itself where nothing is to be masked.</summary>
    public Stream Reading(Stream from) => IsEmpty ? from : new MaskedReading(from, this);

    /// <summary>A stream that is written through the mask; the stream itself where nothing is to be masked. Disposing it leaves the other open.</summary>
    public Stream Writing(Stream to) => IsEmpty ? to : new MaskedWriting(to, this);

    /// <summary>One form of one value, with the table of Knuth, Morris and Pratt: how much of its beginning still holds after a mismatch.</summary>
    internal sealed class Pattern
    {
        private readonly int[] _fallback;

        public Pattern(byte[] bytes)
        {
            Bytes = bytes;
            _fallback = new int[bytes.Length];
            for (int i = 1, held = 0; i < bytes.Length; i++)
            {
                held = Advance(held, bytes[i]);
                _fallback[i] = held;
            }
        }

        public byte[] Bytes { get; }

        /// <summary>How much of a next one the end of one may be.</summary>
        public int Overlap => _fallback[^1];

        /// <summary>How much of the pattern has been seen after one more byte.</summary>
        public int Advance(int seen, byte next)
        {
            while (seen > 0 && (seen == Bytes.Length || Bytes[seen] != next))
            {
                seen = _fallback[seen - 1];
            }

            return Bytes[seen] == next ? seen + 1 : 0;
        }
    }
}
