using System.Buffers;
using Capsule.Core.Diagnostics;
using Capsule.Packaging.Archives;

namespace Capsule.Packaging.Compression;

/// <summary>Decompresses zstd frames (RFC 8878), forward only. Refuses windows above 128 MiB, which only cost memory.</summary>
internal sealed unsafe class ZstdDecompressor : Stream
{
    private const int WindowLogMaxParameter = 100;
    private const int WindowLogMax = 27;

    /// <summary>The magic number and the descriptor (RFC 8878, 3.1.1.1), one bit of which decoders do not look at.</summary>
    private const int FrameHeader = 5;
    private const byte UnusedBit = 0x10;

    private readonly Stream _source;
    private readonly byte[] _input = ArrayPool<byte>.Shared.Rent(1 << 17);
    private int _start;
    private int _end;
    private bool _hasBegun;
    private bool _frameIsOpen;
    private nint _context;

    /// <param name="source">The frames; closed with this.</param>
    public ZstdDecompressor(Stream source)
    {
        _source = source;
        _context = ZstdLibrary.Require(ZstdLibrary.CreateDecompressor);
        Check(ZstdLibrary.SetDecompressorParameter(_context, WindowLogMaxParameter, WindowLogMax));
    }

    /// <summary>True to refuse a first frame with the bit set that has no meaning.</summary>
    public bool IsPlain { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = _source.ReadAtLeast(_input, _hasBegun ? 1 : FrameHeader, throwOnEndOfStream: false);
                if (IsPlain && !_hasBegun && _end >= FrameHeader && (_input[FrameHeader - 1] & UnusedBit) != 0)
                {
                    throw new RefusedException(ArchiveDiagnostics.Corrupt.Now("its frame sets a bit that has no meaning"));
                }

                _hasBegun = true;
                if (_end == 0 && !_frameIsOpen)
                {
                    return 0;
                }
            }

            var sourceEnded = _end == 0;
            fixed (byte* source = _input, sink = buffer)
            {
                var input = new ZstdLibrary.Buffer(source + _start, (nuint)(_end - _start));
                var output = new ZstdLibrary.Buffer(sink, (nuint)buffer.Length);
                var left = ZstdLibrary.Decompress(_context, ref output, ref input);
                Check(left);
                _start += (int)input.Position;
                _frameIsOpen = left != 0;
                if (output.Position > 0)
                {
                    return (int)output.Position;
                }

                if (sourceEnded)
                {
                    throw new RefusedException(ArchiveDiagnostics.Truncated.Now("its compressed data"));
                }
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_context != 0)
        {
            _ = ZstdLibrary.FreeDecompressor(_context);
            _context = 0;
            ArrayPool<byte>.Shared.Return(_input);
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Check(nuint code)
    {
        if (ZstdLibrary.IsError(code))
        {
            throw new RefusedException(ArchiveDiagnostics.Corrupt.Now(ZstdLibrary.ErrorText(code)));
        }
    }
}
