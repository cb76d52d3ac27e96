using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Archives;

/// <summary>
/// The next bytes of another stream, read forward only. Says so when the other ends too early; disposing it leaves the
/// other open.
/// </summary>
internal sealed class BoundedStream(Stream source, long length, string what) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = length;

    public override long Position
    {
        get => Length - Left;
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes not read yet.</summary>
    public long Left { get; private set; } = length;

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, Left);
        if (wanted == 0)
        {
            return 0;
        }

        var read = source.Read(buffer[..wanted]);
        if (read == 0)
        {
            throw new RefusedException(ArchiveDiagnostics.Truncated.Now(what));
        }

        Left -= read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what is left to its end.</summary>
    public void Skip()
    {
        Span<byte> scratch = stackalloc byte[8192];
        while (Read(scratch) > 0)
        {
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
