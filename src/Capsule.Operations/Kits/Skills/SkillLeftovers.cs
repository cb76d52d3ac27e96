using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Identity;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Kits.Skills;

/// <summary>Removes what skills have written: at the end of their run, or at the start of another when theirs was killed.</summary>
public static class SkillLeftovers
{
    private const string Name = "skills";

    /// <summary>Removes the skills of dead runs; a warning for each thing that is left (CAP5504). A folder that cannot be reached is tried again by the next run.</summary>
    public static IReadOnlyList<Diagnostic> Sweep(CapsuleHome home)
    {
        var folder = Path.Combine(home.Root, Name);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var left = new List<Diagnostic>();
        foreach (var file in Directory.GetFiles(folder, "*.json"))
        {
            using var turn = WriteTurn.Take(file, TimeSpan.Zero);
            if (turn is null || SkillRecord.Load(file) is not { } record)
            {
                continue;
            }

            try
            {
                left.AddRange(Remove(record));
                File.Delete(file);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                left.Add(SkillDiagnostics.NotRemoved.Now(record.Folder, problem.Message));
            }
        }

        return left;
    }

    internal static string FolderIn(CapsuleHome home)
    {
        var folder = Path.Combine(home.Root, Name);
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Removes files that have the content that was written, and folders that are empty then. No link is followed.</summary>
    internal static IReadOnlyList<Diagnostic> Remove(SkillRecord record)
    {
        var left = new List<Diagnostic>();
        foreach (var folder in new[] { record.Fresh, record.Folder })
        {
            if (FileTypeReader.Read(folder) != FileType.Folder || record.Made.Any(IsLink) || IsLink(Path.GetDirectoryName(folder)!))
            {
                continue;
            }

            foreach (var (name, hash) in record.Files)
            {
                var path = Path.Combine(folder, Path.GetFileName(name));
                if (FileTypeReader.Read(path) == FileType.Regular && HashOf(path) == hash)
                {
                    File.Delete(path);
                }
            }

            left.AddRange(Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal).Select(path => SkillDiagnostics.Left.In(path, path)));
            RemoveEmpty(folder);
        }

        foreach (var made in record.Made.Reverse())
        {
            RemoveEmpty(made);
        }

        return left;
    }

    private static bool IsLink(string path) => FileTypeReader.Read(path) == FileType.Link;

    private static string HashOf(string path)
    {
        using var file = RegularFile.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static void RemoveEmpty(string folder)
    {
        if (FileTypeReader.Read(folder) == FileType.Folder && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
