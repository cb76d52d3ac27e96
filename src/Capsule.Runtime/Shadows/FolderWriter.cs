using Capsule.Core.Files;
using Capsule.Init.Linux;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Shadows;

/// <summary>
/// Puts single files into a user's folder. Every step goes through descriptors of real folders: a folder that has become a link since
/// it was copied is a conflict, never a way out. What cannot be done throws <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/> and leaves the old file as it was.
/// </summary>
internal sealed class FolderWriter(WriteBackRequest request) : IDisposable
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode AnyRead = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Plain = Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode Permissions = Plain | AnyExecute;
    private const int ReadToExecute = 2;
    private const string TemporaryStart = ".capsule-";
    private const string TemporaryEnd = ".tmp";
    private const string NotSeen = "the project has another one, which the sandbox did not see";
    private static readonly bool IsRoot = Libc.GetEffectiveUid() == 0;

    // Files come sorted: the folder of one is most often that of the next.
    private (string Path, HeldFolder Folder)? _last;

    /// <summary>What became of the change; null when the folder has it already.</summary>
    public WriteBackOutcome? Put(FileChange change)
    {
        var cut = change.Path.LastIndexOf('/');
        var (above, name) = (cut < 0 ? "" : change.Path[..cut], change.Path[(cut + 1)..]);
        if (Hold(above, create: change.After is not null) is not { } folder)
        {
            return change.After is null ? null : Conflict(change, "a folder on its way is none in the project");
        }

        var kind = folder.KindOf(name);
        if (kind is not (EntryKind.None or EntryKind.File))
        {
            return Conflict(change, $"the project has a {kind.ToString().ToLowerInvariant()} there");
        }

        var present = kind == EntryKind.File ? State(folder, name) : null;
        if (kind == EntryKind.File && present?.Hash is null)
        {
            return Conflict(change, "the project's cannot be read");
        }

        if (present?.Hash == change.After?.Hash && (present is null || !change.TurnsExecution || present.Executable == change.After!.Executable))
        {
            return null;
        }

        var copied = request.Copied.Files.GetValueOrDefault(change.Path);
        if (!request.IsOutput && copied?.Hash != present?.Hash)
        {
            return Conflict(change, present is null ? "it was deleted in the project" : copied is null ? NotSeen : "it was changed in the project");
        }

        if (change.After is null)
        {
            folder.RemoveFile(name);
            Dispose();
            RemoveEmpty(above);
            return new WriteBackOutcome(change.Path, WriteBackAction.Deleted);
        }

        return Write(folder, name, change, present)
            ? new WriteBackOutcome(change.Path, present is null ? WriteBackAction.Created : WriteBackAction.Changed)
            : Conflict(change, NotSeen);
    }

    private static WriteBackOutcome Conflict(FileChange change, string reason) => new(change.Path, WriteBackAction.Conflict, reason);

    private FileState? State(HeldFolder folder, string name)
    {
        if (folder.OpenFile(name) is not { } file)
        {
            return null;
        }

        using (file.Handle)
        {
            return FolderScan.StateOf(file, request.Rules);
        }
    }

    private bool Write(HeldFolder folder, string name, FileChange change, FileState? present)
    {
        if (request.From.OpenFile(change.Path) is not { } source)
        {
            throw new IOException("it has just gone from the sandbox");
        }

        var temporary = $"{TemporaryStart}{Guid.NewGuid():N}{TemporaryEnd}";
        try
        {
            using (source.Handle)
            using (var target = folder.CreateFile(temporary, present is not null ? Private : change.After!.Executable ? Plain | AnyExecute : Plain))
            {
                using (var from = new FileStream(source.Handle, FileAccess.Read, bufferSize: 0))
                using (var to = new FileStream(target, FileAccess.Write, bufferSize: 0))
                {
                    from.CopyTo(to, 1 << 16);
                    Dress(folder, name, target, change, present);

                    // Of a new file the author has lost nothing when the power fails; an old one must not be replaced by one that is not on the disk yet.
                    to.Flush(flushToDisk: present is not null);
                }
            }

            return folder.Rename(temporary, name, replace: present is not null);
        }
        finally
        {
            if (folder.KindOf(temporary) != EntryKind.None)
            {
                folder.RemoveFile(temporary);
            }
        }
    }

    /// <summary>Owner and rights: those of the file it replaces, else those that a new file of the folder's owner has. Nothing but the right to execute comes from inside.</summary>
    private static void Dress(HeldFolder folder, string name, SafeFileHandle target, FileChange change, FileState? present)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var old = present is null ? null : FileStatus.Of($"{folder.StablePath}/{name}");
        if (IsRoot && (old ?? FileStatus.Of(folder.Number)) is { } owner)
        {
            Descriptors.Give(target.Number(), owner);
        }

        if (old is { } status)
        {
            var mode = (UnixFileMode)status.Mode & Permissions;
            File.SetUnixFileMode(target, !change.TurnsExecution ? mode : change.After!.Executable ? mode | (UnixFileMode)((int)(mode & AnyRead) >> ReadToExecute) : mode & ~AnyExecute);
        }
    }

    /// <summary>The folder of a file, held until the next is asked for; null when something on the way is no folder.</summary>
    private HeldFolder? Hold(string path, bool create)
    {
        if (_last?.Path != path)
        {
            Dispose();
            _last = Open(path, create) is { } folder ? (path, folder) : null;
            if (_last is not null)
            {
                // What a runner that was killed in the middle left.
                StaleFiles.Sweep(_last.Value.Folder.StablePath, $"{TemporaryStart}{new string('?', 32)}{TemporaryEnd}");
            }
        }

        return _last?.Folder;
    }

    private HeldFolder? Open(string path, bool create)
    {
        var folder = request.To.OpenFolder(path);
        if (folder is not null || !create)
        {
            return folder;
        }

        folder = request.To.OpenFolder("");
        foreach (var part in path.Split('/'))
        {
            using var parent = folder;
            if (parent is null)
            {
                return null;
            }

            folder = parent.MakeFolder(part, out var made);
            if (made && IsRoot && folder is not null && FileStatus.Of(parent.Number) is { } owner)
            {
                Descriptors.Give(folder.Number, owner);
            }
        }

        return folder;
    }

    /// <summary>Folders that the command removed go with their last file.</summary>
    private void RemoveEmpty(string path)
    {
        while (path.Length > 0)
        {
            var cut = path.LastIndexOf('/');
            using var inside = request.From.OpenFolder(path);
            using var parent = request.To.OpenFolder(cut < 0 ? "" : path[..cut]);
            if (inside is not null || parent?.RemoveFolder(path[(cut + 1)..]) != true)
            {
                return;
            }

            path = cut < 0 ? "" : path[..cut];
        }
    }

    public void Dispose()
    {
        _last?.Folder.Dispose();
        _last = null;
    }
}
