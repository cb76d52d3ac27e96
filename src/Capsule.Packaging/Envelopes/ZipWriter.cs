using System.Buffers.Binary;
using System.Text;

namespace Capsule.Packaging.Envelopes;

/// <summary>
/// Writes zip archives of stored members whose bytes depend on names, contents and one time only. The platform's writer
/// records the system it runs on, and its bytes may change with the runtime.
/// </summary>
internal sealed class ZipWriter(Stream target, DateTimeOffset time)
{
    private const ushort VersionNeeded = 20;
    private const ushort Utf8Names = 1 << 11;

    private readonly List<(byte[] Name, uint Crc, uint Size, uint Offset)> _members = [];
    private readonly uint _time = DosTime(time);

    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        Begin(bytes, Crc32.Of(content), (uint)content.Length);
        target.Write(content);
    }

    /// <summary>Copies a stream whose checksum is found out on the way; the target must be seekable.</summary>
    public void Copy(string name, Stream content, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var header = target.Position;
        Begin(bytes, 0, 0);
        var crc = new Crc32();
        var buffer = new byte[1 << 17];
        var size = 0L;
        while (content.Read(buffer) is var read and > 0)
        {
            cancel.ThrowIfCancellationRequested();
            crc.Add(buffer.AsSpan(0, read));
            target.Write(buffer, 0, read);
            size += read;
        }

        var end = target.Position;
        target.Position = header;
        _members.RemoveAt(_members.Count - 1);
        Begin(bytes, crc.Value, checked((uint)size));
        target.Position = end;
    }

    public void End()
    {
        var start = target.Position;
        Span<byte> record = stackalloc byte[46];
        foreach (var (name, crc, size, offset) in _members)
        {
            record.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(record, 0x02014B50);
            BinaryPrimitives.WriteUInt16LittleEndian(record[4..], VersionNeeded);
            Common(record[6..], name, crc, size);
            BinaryPrimitives.WriteUInt32LittleEndian(record[42..], offset);
            target.Write(record);
            target.Write(name);
        }

        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)_members.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)_members.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], checked((uint)(target.Position - start)));
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], checked((uint)start));
        target.Write(end);
    }

    private void Begin(byte[] name, uint crc, uint size)
    {
        _members.Add((name, crc, size, checked((uint)target.Position)));
        Span<byte> header = stackalloc byte[30];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034B50);
        Common(header[4..], name, crc, size);
        target.Write(header);
        target.Write(name);
    }

    /// <summary>The fields that a member's local header and its directory record share; stored, so both sizes are one.</summary>
    private void Common(Span<byte> fields, byte[] name, uint crc, uint size)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(fields, VersionNeeded);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[2..], Utf8Names);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[6..], _time);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[14..], size);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], size);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[22..], (ushort)name.Length);
    }

    // Two seconds at a time, from 1980-01-01 to 2107-12-31.
    private static uint DosTime(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        if (utc.Year < 1980)
        {
            return (1 << 21) | (1 << 16);
        }

        var year = Math.Min(utc.Year, 2107) - 1980;
        return (uint)((year << 25) | (utc.Month << 21) | (utc.Day << 16) | (utc.Hour << 11) | (utc.Minute << 5) | (utc.Second / 2));
    }
}
