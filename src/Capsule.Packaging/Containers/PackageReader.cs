using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Identity;
using Capsule.Packaging.Archives;
using Capsule.Packaging.Envelopes;

namespace Capsule.Packaging.Containers;

/// <summary>
/// Opens packages in every form: containers, .nupkg envelopes, unpacked folders, archives by others. Everything read is
/// hostile until proven otherwise; whatever is refused comes back as a diagnostic (CAP20nn to CAP23nn).
/// </summary>
public static class PackageReader
{
    /// <summary>Codes about trees, containers and envelopes; those about reading the file itself are others.</summary>
    private static readonly string[] Contents = ["CAP20", "CAP22", "CAP23"];

    public static Task<Result<OpenedPackage>> OpenAsync(string path, CancellationToken cancel) => OpenAsync(path, PackageReadOptions.Default, cancel);

    public static async Task<Result<OpenedPackage>> OpenAsync(string path, PackageReadOptions options, CancellationToken cancel)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            return await OpenFolderAsync(path, options, cancel);
        }

        return await Task.Run(() => Guarded<OpenedPackage>(path, () => OpenFile(path, options, cancel)), cancel);
    }

    internal static Task<Result<TreeDocument>> UnpackAsync(OpenedPackage package, string? folder, PackageReadOptions options, CancellationToken cancel) =>
        package.Form == PackageForm.Folder && folder is null
            ? TreeReader.VerifyAsync(package.Path, package.Tree, cancel)
            : Task.Run(() => Guarded(package.Path, () => Unpack(package, folder, options, cancel)), cancel);

    private static async Task<Result<OpenedPackage>> OpenFolderAsync(string folder, PackageReadOptions options, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(folder, TreeReader.DocumentPath)))
        {
            return PackingDiagnostics.NotAPackage.In(folder, folder);
        }

        var tree = await TreeReader.VerifyAsync(folder, null, cancel);
        if (!tree.Succeeded)
        {
            return Result.Failed<OpenedPackage>([.. tree.Diagnostics.Select(AsRefusal)]);
        }

        return Guarded<OpenedPackage>(folder, () =>
        {
            var manifest = tree.Value.Entries.FirstOrDefault(e => !e.IsLink && !e.Path.Contains('/') && options.IsManifest(e.Path))?.Path;
            return new OpenedPackage(folder, PackageForm.Folder, tree.Value, options)
            {
                Info = Unnamed(manifest),
                Manifest = manifest is null ? default(ReadOnlyMemory<byte>?) : File.ReadAllBytes(Path.Combine(folder, manifest)),
                SignatureLines = SignatureFile.ReadOfFolder(folder),
                Attachments = SignaturesOf(folder),
            };
        });
    }

    private static OpenedPackage OpenFile(string path, PackageReadOptions options, CancellationToken cancel)
    {
        using var file = OpenRead(path);
        var length = file.Length;
        switch (FormOf(file, options.Limits))
        {
            case PackageForm.Container:
                var head = ContainerReader.ReadHead(file, length, options.Limits);
                return Opened(path, PackageForm.Container, head, head.Info, SignatureFile.ReadBeside(path), length, options);
            case PackageForm.Envelope:
                using (var envelope = EnvelopeReader.Open(file, options.Limits))
                {
                    var inner = ContainerReader.ReadHead(envelope.OpenContainer(), length, options.Limits);
                    return Opened(path, PackageForm.Envelope, inner, envelope.Check(inner), SignatureFile.Join(envelope.ReadSignatureLines(), SignatureFile.ReadBeside(path)), length, options);
                }

            default:
                using (var archive = ArchiveOpener.Open(file, path, options.Limits))
                {
                    var foreign = ForeignArchive.Read(archive, options, cancel);
                    return new OpenedPackage(path, PackageForm.Archive, foreign.Tree, options)
                    {
                        Info = Unnamed(foreign.Manifest),
                        Manifest = foreign.Manifest.Length == 0 ? default(ReadOnlyMemory<byte>?) : foreign.ManifestContent,
                        SignatureLines = SignatureFile.ReadBeside(path),
                        Length = length,
                        TopFolder = foreign.TopFolder,
                    };
                }
        }
    }

    private static TreeDocument Unpack(OpenedPackage package, string? folder, PackageReadOptions options, CancellationToken cancel)
    {
        if (package.Form == PackageForm.Folder)
        {
            using var copy = new FreshFolder(folder!);
            try
            {
                FolderCopy.Run(package.Path, package.Tree, copy, cancel);
                PutSignatures(package, copy);
                copy.Commit(package.Tree);
                return package.Tree;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new RefusedException(DiskWrites.Describe(e, folder!));
            }
        }

        using var target = folder is null ? null : new FreshFolder(folder);
        using var file = OpenRead(package.Path);
        try
        {
            Run(package, file, target, options, cancel);
            PutSignatures(package, target);
            target?.Commit(package.Tree);
            return package.Tree;
        }
        catch (Exception e) when (folder is not null && e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(DiskWrites.Describe(e, folder!));
        }
    }

    private static void PutSignatures(OpenedPackage package, FreshFolder? target)
    {
        if (target is not null && package.Attachments.TryGetValue(NativeSignatures.Name, out var signatures) && signatures.Length <= NativeSignatures.Limit)
        {
            using var file = target.Create(NativeSignatures.Path, executable: false);
            RandomAccess.Write(file, signatures.Span, 0);
        }
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> SignaturesOf(string folder)
    {
        var path = Path.Combine(folder, NativeSignatures.Path);
        return FileTypeReader.Read(path) == FileType.Regular ? new() { [NativeSignatures.Name] = RegularFile.ReadAllBytes(path, NativeSignatures.Limit) } : [];
    }

    private static void Run(OpenedPackage package, FileStream file, FreshFolder? target, PackageReadOptions options, CancellationToken cancel)
    {
        switch (package.Form)
        {
            case PackageForm.Container:
                ContainerReader.Unpack(file, file.Length, package.Tree, target, options.Limits, cancel);
                break;
            case PackageForm.Envelope:
                using (var envelope = EnvelopeReader.Open(file, options.Limits))
                {
                    ContainerReader.Unpack(envelope.OpenContainer(), file.Length, package.Tree, target, options.Limits, cancel);
                }

                break;
            default:
                using (var archive = ArchiveOpener.Open(file, package.Path, options.Limits))
                {
                    new TreeUnpacker(package.Tree, package.TopFolder, target).Run(archive, cancel);
                }

                break;
        }
    }

    private static PackageForm FormOf(FileStream file, ArchiveLimits limits)
    {
        Span<byte> head = stackalloc byte[TarBlock.Length];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return ContainerReader.Recognises(head) ? PackageForm.Container
            : head.StartsWith("PK\u0003\u0004"u8) && EnvelopeReader.Recognises(file, limits) ? PackageForm.Envelope
            : PackageForm.Archive;
    }

    private static OpenedPackage Opened(
        string path, PackageForm form, ContainerHead head, PackageInfo info, ReadOnlyMemory<byte>? lines, long length, PackageReadOptions options) =>
        new(path, form, head.Tree, options) { Info = info, Manifest = head.Manifest, Attachments = head.Attachments, SignatureLines = lines, Length = length };

    private static PackageInfo Unnamed(string? manifest) => new() { Family = "", Name = "", Manifest = manifest ?? "" };

    private static FileStream OpenRead(string path)
    {
        try
        {
            return RegularFile.OpenRead(path, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(ArchiveDiagnostics.ReadFailed.In(path, path, e.Message));
        }
    }

    /// <summary>What is a mistake in a project of one's own is a reason to refuse a package of others: exit 5.</summary>
    private static Diagnostic AsRefusal(Diagnostic problem) =>
        problem.Kind.Exit == ExitCode.Invalid && Contents.Any(area => problem.Code.StartsWith(area, StringComparison.Ordinal))
            ? problem with { Kind = problem.Kind with { Exit = ExitCode.Refused } }
            : problem;

    private static Result<T> Guarded<T>(string path, Func<T> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (RefusedException refused)
        {
            return AsRefusal(refused.Diagnostic.Span is null ? refused.Diagnostic with { Span = SourceSpan.Of(path) } : refused.Diagnostic);
        }
        catch (InvalidDataException e)
        {
            return ArchiveDiagnostics.Corrupt.In(path, e.Message.TrimEnd('.'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ArchiveDiagnostics.ReadFailed.In(path, path, e.Message);
        }
    }
}
