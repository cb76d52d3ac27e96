using System.Buffers;

namespace Capsule.Runtime.Secrets;

/// <summary>A stream whose content is masked as it is read. It belongs to one reader.</summary>
internal sealed class MaskedReading(Stream from, SecretMask mask) : Stream
{
    private readonly MaskFilter _filter = new(mask);
    private readonly ArrayBufferWriter<byte> _ready = new();
    private readonly byte[] _piece = new byte[16 * 1024];
    private int _given;
    private bool _ended;

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
        while (_given == _ready.WrittenCount)
        {
            if (_ended)
            {
                return 0;
            }

            (_given, var read) = (0, from.Read(_piece));
            _ready.ResetWrittenCount();
            if (read > 0)
            {
                _filter.Feed(_piece.AsSpan(0, read), _ready);
            }
            else
            {
                _filter.End(_ready);
                _ended = true;
            }
        }

        var part = _ready.WrittenSpan[_given..];
        part = part.Length > buffer.Length ? part[..buffer.Length] : part;
        part.CopyTo(buffer);
        _given += part.Length;
        return part.Length;
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
        if (disposing)
        {
            from.Dispose();
        }

        base.Dispose(disposing);
    }
}
