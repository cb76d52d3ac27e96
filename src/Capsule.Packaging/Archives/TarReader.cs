using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Packaging.Archives;

/// <summary>
/// Reads tar archives of others (v7, ustar, star, GNU, pax), forward only and in constant memory. What a package cannot
/// contain is refused where it is met (CAP2100 to CAP2111); a name is passed on as it stands.
/// </summary>
internal sealed class TarReader(Stream source, ArchiveLimits limits) : IArchiveReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _block = new byte[TarBlock.Length];
    private BoundedStream _content = new(source, 0, "nothing");
    private int _padding;
    private long _position;
    private int _members;
    private bool _ended;

    /// <summary>True to refuse what other writers may leave in places without meaning: checksums written otherwise, padding that is not zero.</summary>
    public bool IsPlain { get; init; }

    public Stream Content => _content;

    public ArchiveMember? Next()
    {
        PaxRecords? pax = null;
        string? longName = null, longLink = null;
        while (!_ended)
        {
            SkipContent();
            var offset = _position;
            if (!ReadBlock())
            {
                throw new RefusedException(ArchiveDiagnostics.Truncated.Now("its list of members"));
            }

            var block = new TarBlock(_block);
            if (block.IsZero)
            {
                if (pax is not null || longName is not null || longLink is not null)
                {
                    throw Broken(offset, "an extended header belongs to no member");
                }

                ReadEnd();
                break;
            }

            if (!block.HasRightSum || (IsPlain && !block.HasPlainSum))
            {
                throw Broken(offset, "its checksum is wrong");
            }

            switch (block.Type)
            {
                case 'x':
                    Once(pax is null, offset);
                    pax = PaxRecords.Parse(ReadExtension(block, offset), offset);
                    break;
                case 'g':
                    if (PaxRecords.Parse(ReadExtension(block, offset), offset).ChangesMembers)
                    {
                        throw new RefusedException(ArchiveDiagnostics.ExtendedHeader.Now(offset, "it renames all members at once"));
                    }

                    break;
                case 'L':
                    Once(longName is null, offset);
                    longName = ReadLongName(block, offset);
                    break;
                case 'K':
                    Once(longLink is null, offset);
                    longLink = ReadLongName(block, offset);
                    break;
                default:
                    return Member(block, offset, pax, longName, longLink);
            }
        }

        return null;
    }

    public void Dispose() => source.Dispose();

    private ArchiveMember Member(TarBlock block, long offset, PaxRecords? pax, string? longName, string? longLink)
    {
        if (++_members > limits.MaxEntries)
        {
            throw new RefusedException(ArchiveDiagnostics.TooManyEntries.Now(limits.MaxEntries));
        }

        var name = pax?.Path ?? longName ?? FullName(block, offset);
        var shown = TreePath.Show(name);
        if (name.Length == 0)
        {
            throw new RefusedException(ArchiveDiagnostics.MemberName.Now(offset, "it is empty"));
        }

        if (pax is { IsSparse: true } || block.Type == 'S')
        {
            throw new RefusedException(ArchiveDiagnostics.Sparse.Now(shown));
        }

        var size = pax?.Size ?? block.Size ?? throw Broken(offset, "its size is no number");
        var executable = ((block.Mode ?? 0) & 0x49) != 0;
        switch (block.Type)
        {
            case '0' or '\0' or '7' when !name.EndsWith('/'):
                Begin(size, shown);
                return new ArchiveMember(ArchiveMemberKind.File, name, size, executable);
            case '0' or '\0' when size == 0:
            case '5':
                Begin(0, shown);
                return new ArchiveMember(ArchiveMemberKind.Folder, name.TrimEnd('/'), 0, false);
            case '2':
                Begin(0, shown);
                var target = pax?.LinkPath ?? longLink ?? Decode(block.LinkName, offset);
                return new ArchiveMember(ArchiveMemberKind.Link, name, 0, false, target);
            case '1':
                throw new RefusedException(ArchiveDiagnostics.HardLink.Now(shown));
            case '3' or '4' or '6':
                throw new RefusedException(ArchiveDiagnostics.Device.Now(shown));
            default:
                throw new RefusedException(ArchiveDiagnostics.MemberKind.Now(shown, char.IsAsciiLetterOrDigit(block.Type) ? block.Type : $"0x{(int)block.Type:X2}"));
        }
    }

    private static string FullName(TarBlock block, long offset)
    {
        var prefix = Decode(block.Prefix, offset);
        var name = Decode(block.Name, offset);
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    private static string Decode(ReadOnlySpan<byte> name, long offset)
    {
        try
        {
            return Strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException(ArchiveDiagnostics.MemberName.Now(offset, "it is not valid UTF-8"));
        }
    }

    private string ReadLongName(TarBlock block, long offset)
    {
        var bytes = ReadExtension(block, offset).AsSpan();
        bytes = bytes.IndexOf((byte)0) is var end and >= 0 ? bytes[..end] : bytes;
        return bytes.IsEmpty ? throw Broken(offset, "a long name is empty") : Decode(bytes, offset);
    }

    private byte[] ReadExtension(TarBlock block, long offset)
    {
        if (block.Size is not { } size || size > limits.MaxHeaderBytes)
        {
            throw Broken(offset, "an extended header is too long");
        }

        Begin(size, "an extended header");
        var bytes = new byte[size];
        _content.ReadExactly(bytes);
        return bytes;
    }

    private void Begin(long size, string name)
    {
        // A bad size could make the position overflow; nothing that long can be read anyway.
        if (size > limits.MaxBytes)
        {
            throw new RefusedException(ArchiveDiagnostics.TooLarge.Now(limits.MaxBytes));
        }

        _content = new BoundedStream(source, size, $"'{name}'");
        _padding = (int)(-size & (TarBlock.Length - 1));
        _position += size + _padding;
    }

    private void SkipContent()
    {
        _content.Skip();
        if (_padding > 0)
        {
            SkipPadding();
        }
    }

    private void SkipPadding()
    {
        var offset = _position - _padding;
        Span<byte> padding = stackalloc byte[TarBlock.Length];
        padding = padding[.._padding];
        new BoundedStream(source, _padding, "a member").ReadExactly(padding);
        _padding = 0;
        if (IsPlain && padding.ContainsAnyExcept((byte)0))
        {
            throw Broken(offset, "its padding is not zero");
        }
    }

    private bool ReadBlock()
    {
        var filled = source.ReadAtLeast(_block, TarBlock.Length, throwOnEndOfStream: false);
        if (filled is > 0 and < TarBlock.Length)
        {
            throw new RefusedException(ArchiveDiagnostics.Truncated.Now("a header"));
        }

        _position += filled;
        return filled > 0;
    }

    // Two blocks of zeros end an archive, and zeros fill up its last record. Some writers leave out the second block.
    private void ReadEnd()
    {
        _ended = true;
        while (ReadBlock())
        {
            if (!new TarBlock(_block).IsZero)
            {
                throw new RefusedException(ArchiveDiagnostics.TrailingData.Now(_position - TarBlock.Length));
            }
        }
    }

    private static void Once(bool isFirst, long offset)
    {
        if (!isFirst)
        {
            throw Broken(offset, "a member has two extended headers of one kind");
        }
    }

    private static RefusedException Broken(long offset, string why) => new(ArchiveDiagnostics.BadHeader.Now(offset, why));
}
