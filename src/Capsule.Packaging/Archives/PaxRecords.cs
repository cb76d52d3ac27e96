using System.Buffers.Text;
using System.Text;
using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Archives;

/// <summary>The records of a pax extended header that change what a member is; all others are skipped.</summary>
internal sealed class PaxRecords
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string? Path { get; private set; }

    public string? LinkPath { get; private set; }

    public long? Size { get; private set; }

    public bool IsSparse { get; private set; }

    public bool ChangesMembers => Path is not null || LinkPath is not null || Size is not null || IsSparse;

    /// <summary>Parses <c>LENGTH KEY=VALUE\n</c> records; the length counts itself.</summary>
    /// <param name="data">The content of the extended header.</param>
    /// <param name="offset">Where the header stands, for messages.</param>
    public static PaxRecords Parse(ReadOnlySpan<byte> data, long offset)
    {
        var records = new PaxRecords();
        while (data.Length > 0)
        {
            if (!Utf8Parser.TryParse(data, out int length, out var digits) || digits > 9 || data[0] is (byte)'+' or (byte)'-'
                || digits >= data.Length || data[digits] != ' ' || length <= digits + 1 || length > data.Length || data[length - 1] != '\n')
            {
                throw Broken(offset, "a record has no right length");
            }

            var record = data[(digits + 1)..(length - 1)];
            if (record.IndexOf((byte)'=') is not (var equals and > 0))
            {
                throw Broken(offset, "a record has no key");
            }

            records.Set(record[..equals], record[(equals + 1)..], offset);
            data = data[length..];
        }

        return records;
    }

    private void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long offset)
    {
        if (key.SequenceEqual("path"u8))
        {
            Path = Text(value, offset);
        }
        else if (key.SequenceEqual("linkpath"u8))
        {
            LinkPath = Text(value, offset);
        }
        else if (key.SequenceEqual("size"u8))
        {
            Size = Number(value, offset);
        }
        else if (key.StartsWith("GNU.sparse."u8))
        {
            IsSparse = true;
        }
        else if (key.SequenceEqual("hdrcharset"u8) && !value.SequenceEqual("ISO-IR 10646 2000 UTF-8"u8))
        {
            throw Broken(offset, "its names are not in UTF-8");
        }
    }

    // An empty value takes back an earlier record.
    private static string? Text(ReadOnlySpan<byte> value, long offset)
    {
        if (value.Contains((byte)0))
        {
            throw Broken(offset, "a name contains a zero byte");
        }

        try
        {
            return value.IsEmpty ? null : Strict.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            throw Broken(offset, "a name is not valid UTF-8");
        }
    }

    private static long? Number(ReadOnlySpan<byte> value, long offset)
    {
        if (value.IsEmpty)
        {
            return null;
        }

        return !value.ContainsAnyExceptInRange((byte)'0', (byte)'9') && Utf8Parser.TryParse(value, out long number, out var used) && used == value.Length
            ? number
            : throw Broken(offset, "a size is no number");
    }

    private static RefusedException Broken(long offset, string why) => new(ArchiveDiagnostics.ExtendedHeader.Now(offset, why));
}
