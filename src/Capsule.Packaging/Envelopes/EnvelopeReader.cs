using System.IO.Compression;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Packaging.Archives;
using Capsule.Packaging.Containers;

namespace Capsule.Packaging.Envelopes;

/// <summary>Opens the one container in a NuGet package and checks that the outside agrees with it.</summary>
internal sealed class EnvelopeReader : IDisposable
{
    private const int MaxEntries = 64;
    private const int MaxNuspecBytes = 1 << 20;

    private readonly ZipArchive _zip;
    private readonly ZipArchiveEntry _container;

    private EnvelopeReader(ZipArchive zip, ZipArchiveEntry container)
    {
        _zip = zip;
        _container = container;
    }

    /// <summary>Name of the container inside, without its folder.</summary>
    public string ContainerName => _container.Name;

    /// <summary>True for a zip archive that carries a tree document where our envelopes do.</summary>
    public static bool Recognises(FileStream file, ArchiveLimits limits)
    {
        if (file.Name.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        using var again = new FileStream(file.Name, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var zip = ZipDirectory.Open(again, limits);
        return zip.GetEntry(ContainerFormat.Tree) is not null;
    }

    /// <summary>Lists the members and finds the container. The file is closed with the reader, or when this fails.</summary>
    public static EnvelopeReader Open(Stream file, ArchiveLimits limits)
    {
        var zip = ZipDirectory.Open(file, limits);
        try
        {
            if (zip.Entries.Count > MaxEntries)
            {
                throw Malformed($"it has more than {MaxEntries} members");
            }

            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in zip.Entries)
            {
                if (!names.Add(entry.FullName) || !Belongs(entry.FullName))
                {
                    throw Malformed($"'{TreePath.Show(entry.FullName)}' does not belong in it");
                }
            }

            var containers = zip.Entries.Where(IsContainer).ToArray();
            if (containers is not [var container])
            {
                throw Malformed($"it carries {containers.Length} containers instead of one");
            }

            limits.Check(0, container.Length, file.Length);
            return new EnvelopeReader(zip, container);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public Stream OpenContainer() => new BoundedStream(_container.Open(), _container.Length, "its container");

    /// <summary>Checks nuspec and tree document against the container, and fills in what only the outside names.</summary>
    public PackageInfo Check(ContainerHead head)
    {
        var nuspecs = _zip.Entries.Where(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).ToArray();
        if (nuspecs is not [{ Length: <= MaxNuspecBytes } nuspec])
        {
            throw Malformed("it has no single nuspec of at most 1 MiB");
        }

        using var stream = new BoundedStream(nuspec.Open(), nuspec.Length, "its nuspec");
        var (id, version) = Nuspec.Read(stream);
        var dot = id.IndexOf('.');
        if (dot <= 0)
        {
            throw Malformed("its id is not publisher.slug");
        }

        PackageEnvelope.Agree("publisher", id[..dot], head.Info.Scope);
        PackageEnvelope.Agree("name", id[(dot + 1)..], head.Info.Name);
        PackageEnvelope.Agree("version", version, head.Info.Version);
        if (_zip.GetEntry(ContainerFormat.Tree) is not { } tree || !ReadAll(tree, head.Tree.Bytes.Length).AsSpan().SequenceEqual(head.Tree.Bytes.Span))
        {
            throw Malformed("its tree document is not that of its container");
        }

        return head.Info with { Scope = id[..dot], Version = version };
    }

    public ReadOnlyMemory<byte>? ReadSignatureLines()
    {
        if (_zip.GetEntry(_container.FullName + ContainerFormat.SignatureExtension) is not { } lines)
        {
            return null;
        }

        var bytes = ReadAll(lines, SignatureFile.MaxBytes);
        return bytes.Length <= SignatureFile.MaxBytes ? bytes : throw new RefusedException(EnvelopeDiagnostics.SignatureSize.Now(ContainerName));
    }

    public void Dispose() => _zip.Dispose();

    // What NuGet's own tools and feeds put into a package, and what we do; nothing that an IDE might run.
    private static bool Belongs(string name) =>
        name is "[Content_Types].xml" or "_rels/.rels" or ".signature.p7s"
        || (name.StartsWith("package/services/metadata/core-properties/", StringComparison.Ordinal) && name.EndsWith(".psmdcp", StringComparison.Ordinal))
        || (name.EndsWith(".nuspec", StringComparison.Ordinal) && !name.Contains('/'))
        || (name.StartsWith(ContainerFormat.Metadata, StringComparison.Ordinal) && name.Split('/').Length == 2 && TreePath.Check(name) is null);

    private static bool IsContainer(ZipArchiveEntry entry) =>
        entry.FullName.StartsWith(ContainerFormat.Metadata, StringComparison.Ordinal)
        && entry.FullName != ContainerFormat.Tree
        && !entry.FullName.EndsWith(ContainerFormat.SignatureExtension, StringComparison.Ordinal);

    /// <summary>The member's bytes, read no further than one more than expected.</summary>
    private static byte[] ReadAll(ZipArchiveEntry entry, int expected)
    {
        using var stream = entry.Open();
        var buffer = new byte[Math.Min(entry.Length, (long)expected + 1)];
        return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
    }

    private static RefusedException Malformed(string why) => new(EnvelopeDiagnostics.NotAnEnvelope.Now(why));
}
