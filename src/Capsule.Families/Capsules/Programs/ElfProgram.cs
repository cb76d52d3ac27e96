using System.Buffers.Binary;
using System.Text;

namespace Capsule.Families.Capsules.Programs;

/// <summary>
/// What a 64-bit little-endian ELF program says of the machine that it needs (System V ABI, chapters 4 and 5; LSB
/// symbol versions). A damaged file gives null, never an exception.
/// </summary>
/// <param name="Machine">x64, arm64, or the number of another machine.</param>
/// <param name="Loader">The program that links it when it starts; null for a static program.</param>
/// <param name="Glibc">The newest version of glibc's symbols that it uses; null when it names none.</param>
internal sealed record ElfProgram(string? Machine, string? Loader, string? Glibc)
{
    private const int HeaderSize = 64;
    private const int SegmentSize = 56;
    private const long Largest = 1L << 29;
    private const int Load = 1;
    private const int Dynamic = 2;
    private const int Interpreter = 3;

    /// <summary>Far above what any linker writes; protects against a file that sends the reader in circles.</summary>
    private const int MostEntries = 4096;

    public static bool IsElf(ReadOnlySpan<byte> head) => head.StartsWith("\u007fELF"u8);

    /// <summary>Null when the file is not a program of 64 bits. Of a file larger than any program nothing is known but that.</summary>
    public static ElfProgram? Read(string file)
    {
        if (new FileInfo(file).Length > Largest)
        {
            return new ElfProgram(null, null, null);
        }

        try
        {
            return Parse(File.ReadAllBytes(file));
        }
        catch (Exception problem) when (problem is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static ElfProgram? Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderSize || file[4] != 2 || file[5] != 1 || BinaryPrimitives.ReadUInt16LittleEndian(file[16..]) is not (2 or 3))
        {
            return null;
        }

        var machine = BinaryPrimitives.ReadUInt16LittleEndian(file[18..]) switch
        {
            62 => "x64",
            183 => "arm64",
            var other => $"machine {other}",
        };
        var segments = Segments(file);
        var loader = segments.Where(s => s.Type == Interpreter).Select(s => (Segment?)s).FirstOrDefault() is { } named
            ? Encoding.UTF8.GetString(file.Slice(named.Offset, named.Size)).TrimEnd('\0')
            : null;
        return new ElfProgram(machine, loader, segments.Any(s => s.Type == Dynamic) ? NewestGlibc(file, segments) : null);
    }

    private static List<Segment> Segments(ReadOnlySpan<byte> file)
    {
        var found = new List<Segment>();
        var table = file[Offset(file, 32)..];
        for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(file[56..]); i++)
        {
            var entry = table.Slice(i * SegmentSize, SegmentSize);
            found.Add(new Segment(
                BinaryPrimitives.ReadInt32LittleEndian(entry), Offset(entry, 8), BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]), Offset(entry, 32)));
        }

        return found;
    }

    /// <summary>Walks the table of needed versions (DT_VERNEED), which names libraries and, for each, versions of symbols.</summary>
    private static string? NewestGlibc(ReadOnlySpan<byte> file, List<Segment> segments)
    {
        const long Strings = 5, Needed = 0x6FFFFFFE;
        var dynamic = segments.First(s => s.Type == Dynamic);
        int? strings = null, needed = null;
        for (var at = dynamic.Offset; at < dynamic.Offset + dynamic.Size; at += 16)
        {
            var (tag, value) = (BinaryPrimitives.ReadInt64LittleEndian(file[at..]), BinaryPrimitives.ReadUInt64LittleEndian(file[(at + 8)..]));
            strings = tag == Strings ? InFile(segments, value) : strings;
            needed = tag == Needed ? InFile(segments, value) : needed;
        }

        var versions = new List<Version>();
        for (var at = needed; strings is { } names && at is { } library && versions.Count < MostEntries;)
        {
            var symbol = library + BinaryPrimitives.ReadInt32LittleEndian(file[(library + 8)..]);
            for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(file[(library + 2)..]); i++)
            {
                var name = Text(file[(names + BinaryPrimitives.ReadInt32LittleEndian(file[(symbol + 8)..]))..]);
                if (name.StartsWith("GLIBC_", StringComparison.Ordinal) && Version.TryParse(name["GLIBC_".Length..], out var version))
                {
                    versions.Add(version);
                }

                symbol += BinaryPrimitives.ReadInt32LittleEndian(file[(symbol + 12)..]);
            }

            var next = BinaryPrimitives.ReadInt32LittleEndian(file[(library + 12)..]);
            at = next > 0 ? library + next : null;
        }

        return versions.Max()?.ToString();
    }

    private static int? InFile(List<Segment> segments, ulong address) =>
        segments.Where(s => s.Type == Load && address >= s.Address && address - s.Address < (ulong)s.Size)
            .Select(s => (int?)(s.Offset + (int)(address - s.Address))).FirstOrDefault();

    private static int Offset(ReadOnlySpan<byte> bytes, int at) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]));

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes[..Math.Max(bytes.IndexOf((byte)0), 0)]);

    private readonly record struct Segment(int Type, int Offset, ulong Address, int Size);
}
