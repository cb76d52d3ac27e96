using System.Buffers;

namespace Capsule.Runtime.Secrets;

/// <summary>A stream whose content is masked as it is written; the end of it is written when it is disposed.</summary>
internal sealed class MaskedWriting(Stream to, SecretMask mask) : Stream
{
    private readonly MaskFilter _filter = new(mask);
    private readonly ArrayBufferWriter<byte> _ready = new();
    private bool _disposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _filter.Feed(buffer, _ready);
        Pass();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => to.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _filter.End(_ready);
            Pass();
            to.Flush();
        }

        base.Dispose(disposing);
    }

    private void Pass()
    {
        if (_ready.WrittenCount > 0)
        {
            to.Write(_ready.WrittenSpan);
            _ready.ResetWrittenCount();
        }
    }
}
