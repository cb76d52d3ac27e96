using System.Net.Sockets;
using System.Text;

namespace Capsule.Runtime.Network;

/// <summary>A connection whose first bytes are looked at before they are passed on. Every wait has an end.</summary>
internal sealed class BufferedSocket(Socket socket, TimeSpan idle) : IDisposable
{
    private byte[] _buffer = new byte[8 * 1024];
    private int _start;
    private int _end;

    /// <summary>How long a wait for the other side may take.</summary>
    public TimeSpan Idle { get; set; } = idle;

    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads more; false at the end of the stream.</summary>
    public async Task<bool> FillAsync(int most, CancellationToken cancel)
    {
        if (_start > 0)
        {
            Buffered.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end >= most)
        {
            throw new InvalidDataException("it sends more than is allowed here");
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, Math.Max(most, _buffer.Length)));
        }

        var read = await ReceiveAsync(_buffer.AsMemory(_end), cancel);
        _end += read;
        return read > 0;
    }

    /// <summary>The next line without its end.</summary>
    /// <exception cref="InvalidDataException">It is too long, or the stream ends before it does.</exception>
    public async Task<string> LineAsync(int most, CancellationToken cancel)
    {
        int end;
        while ((end = Buffered.IndexOf((byte)'\n')) < 0)
        {
            if (Buffered.Length >= most || !await FillAsync(most + 1, cancel))
            {
                throw new InvalidDataException(Buffered.IsEmpty ? "it closed the connection" : "a line is cut off or too long");
            }
        }

        var line = Buffered[..end];
        var text = Encoding.Latin1.GetString(line.EndsWith("\r"u8) ? line[..^1] : line);
        _start += end + 1;
        return text;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        watch.CancelAfter(Idle);
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, watch.Token)..];
        }
    }

    /// <summary>Passes exactly so many bytes on.</summary>
    public async Task CopyAsync(BufferedSocket to, long count, CancellationToken cancel)
    {
        while (count > 0)
        {
            if (Buffered.IsEmpty && !await FillAsync(_buffer.Length, cancel))
            {
                throw new InvalidDataException("it stopped in the middle of a body");
            }

            var piece = (int)Math.Min(count, Buffered.Length);
            await to.SendAsync(_buffer.AsMemory(_start, piece), cancel);
            _start += piece;
            count -= piece;
        }
    }

    /// <summary>Passes everything on until the end of the stream, and then says so to the other side.</summary>
    public async Task CopyAllAsync(BufferedSocket to, CancellationToken cancel)
    {
        do
        {
            await to.SendAsync(_buffer.AsMemory(_start, _end - _start), cancel);
            (_start, _end) = (0, 0);
        }
        while (await FillAsync(_buffer.Length + 1, cancel));
        to.EndOfSending();
    }

    public void EndOfSending()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side has closed already.
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<int> ReceiveAsync(Memory<byte> into, CancellationToken cancel)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        watch.CancelAfter(Idle);
        try
        {
            return await socket.ReceiveAsync(into, watch.Token);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
