using System.Buffers.Binary;

namespace Capsule.Core.Identity;

/// <summary>Recognises programs and scripts by their first bytes, since no file system's mode is ever asked.</summary>
public static class ContentKind
{
    /// <summary>How many bytes of a file <see cref="IsProgram"/> looks at.</summary>
    public const int HeadLength = 8;

    /// <summary>True for <c>#!</c>, ELF, and Mach-O (thin in both byte orders, and universal).</summary>
    public static bool IsProgram(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("#!"u8))
        {
            return true;
        }

        if (head.Length < 4)
        {
            return false;
        }

        return BinaryPrimitives.ReadUInt32BigEndian(head) switch
        {
            0x7F454C46 => true,
            0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE => true,
            0xCAFEBABE or 0xCAFEBABF => IsUniversal(head),
            _ => false,
        };
    }

    // A Java class starts with the same four bytes; its next four hold a version of 45 or more, here stands a small count.
    private static bool IsUniversal(ReadOnlySpan<byte> head) =>
        head.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(head[4..]) is > 0 and < 45;
}
