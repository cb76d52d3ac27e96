using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Identity;
using Capsule.Packaging.Envelopes;

namespace Capsule.Packaging.Containers;

/// <summary>
/// The signature lines of a package: <c>FILE.sigstore.jsonl</c> beside it, inside an envelope, and for an unpacked folder beside the tree
/// document (specs: trust 2). Lines inside and beside are joined: co-signatures that come later lie beside. What they mean is Trust's business.
/// </summary>
internal static class SignatureFile
{
    /// <summary>Trust reads no more than this.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Nor more lines.</summary>
    private const int MaxLines = 64;

    public static ReadOnlyMemory<byte>? ReadBeside(string package)
    {
        var file = new FileInfo(package + ContainerFormat.SignatureExtension);
        if (!file.Exists)
        {
            return null;
        }

        return file.Length <= MaxBytes
            ? RegularFile.ReadAllBytes(file.FullName, MaxBytes)
            : throw new RefusedException(EnvelopeDiagnostics.SignatureSize.In(file.FullName, Path.GetFileName(package)));
    }

    /// <summary>The lines of an unpacked folder: beside it, and beside its tree document.</summary>
    public static ReadOnlyMemory<byte>? ReadOfFolder(string folder) =>
        Join(ReadBeside(Path.Combine(folder, TreeReader.DocumentPath)), ReadBeside(Path.TrimEndingDirectorySeparator(folder)));

    /// <summary>The lines of both, a line that is in both once.</summary>
    public static ReadOnlyMemory<byte>? Join(ReadOnlyMemory<byte>? inside, ReadOnlyMemory<byte>? beside)
    {
        if (inside is not { } first || beside is not { } second)
        {
            return inside ?? beside;
        }

        var known = Lines(first);
        var joined = new List<byte>();
        foreach (var line in (ReadOnlyMemory<byte>[])[.. known, .. Lines(second).Where(l => !known.Take(MaxLines).Any(k => k.Span.SequenceEqual(l.Span)))])
        {
            joined.AddRange(line.Span);
            joined.Add((byte)'\n');
        }

        return joined.ToArray();
    }

    /// <summary>The lines, and no more of them than show that there are too many.</summary>
    private static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> file)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!file.IsEmpty && lines.Count <= MaxLines)
        {
            var end = file.Span.IndexOf((byte)'\n');
            lines.Add(end < 0 ? file : file[..end]);
            file = end < 0 ? default : file[(end + 1)..];
        }

        return lines;
    }
}
