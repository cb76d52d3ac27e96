using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Init.Linux;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>Which mounts a cell may have (specs: sandbox 2). Sources are opened here, once, and bound by descriptor.</summary>
internal static class MountRules
{
    /// <summary>Problems of the targets alone.</summary>
    public static IEnumerable<Diagnostic> CheckTargets(CellRequest request)
    {
        var targets = request.Mounts.Select(m => m.Target).Concat(request.Files.Keys).ToArray();
        foreach (var target in targets)
        {
            if (TargetProblem(target) is { } problem)
            {
                yield return SandboxDiagnostics.TargetInvalid.Now(target, problem);
            }
        }

        foreach (var target in targets)
        {
            foreach (var mount in request.Mounts.Where(m => m.Source is not null && IsBelow(target, m.Target)))
            {
                yield return SandboxDiagnostics.TargetBelowAnother.Now(target, mount.Target);
            }
        }

        foreach (var twice in targets.GroupBy(t => t, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return SandboxDiagnostics.TargetInvalid.Now(twice.Key, "it is named twice");
        }
    }

    /// <summary>Opens the sources without following a link; memory first, so that what lies in it comes after it.</summary>
    public static Result<List<OpenedMount>> Open(CellRequest request, int uid)
    {
        var opened = new List<OpenedMount>();
        var problems = new List<Diagnostic>();
        foreach (var mount in request.Mounts.OrderBy(m => m.Target, StringComparer.Ordinal))
        {
            if (mount.Source is null)
            {
                opened.Add(new OpenedMount(mount, null));
                continue;
            }

            // Through the descriptor that is held, a folder of the user's is the one that was checked, whatever bears its name now.
            var handle = mount.Host is { } held
                ? Descriptors.Open(held.StablePath, Constants.OpenPathOnly)
                : Descriptors.Open(mount.Source, Constants.OpenPathOnly | Constants.OpenNoFollow);
            if (handle is null)
            {
                problems.Add(SandboxDiagnostics.SourceAbsent.Now(mount.Source, mount.Target, Descriptors.LastError()));
                continue;
            }

            if (SourceProblem(mount, handle, uid) is { } problem)
            {
                problems.Add(problem);
                handle.Dispose();
            }
            else if (HandOver(mount, handle, uid) is { } source)
            {
                opened.Add(new OpenedMount(mount, source));
            }
            else
            {
                problems.Add(SandboxDiagnostics.SourceNotOwned.Now(mount.Source, FileStatus.Of(mount.Source)?.Uid ?? -1, uid));
                handle.Dispose();
            }
        }

        if (problems.Count == 0)
        {
            return opened;
        }

        opened.ForEach(m => m.Source?.Dispose());
        return Result.Failed<List<OpenedMount>>(problems);
    }

    /// <summary>What is passed on: for a root runner a detached mount, since the run uid may not walk to the source.</summary>
    public static SafeFileHandle ForBubblewrap(SafeFileHandle handle)
    {
        if (Libc.GetEffectiveUid() != 0)
        {
            return handle;
        }

        using (handle)
        {
            return Descriptors.DetachedMount(handle);
        }
    }

    private static Diagnostic? SourceProblem(CellMount mount, SafeFileHandle handle, int uid)
    {
        var status = FileStatus.Of(handle.Number());
        if (status is null || status.Value.IsLink)
        {
            return SandboxDiagnostics.SourceIsLink.Now(mount.Source);
        }

        // What the descriptor really is, links in the middle of the path resolved by the kernel.
        var real = HostFolder.RealPath(handle) ?? mount.Source!;
        if (HostPaths.Danger(real) is { } danger)
        {
            return SandboxDiagnostics.SourceDangerous.Now(mount.Source, danger);
        }

        if (mount.Host is not null && HostPaths.SocketBelow(real) is { } socket)
        {
            return SandboxDiagnostics.SourceHoldsSocket.Now(mount.Source, socket);
        }

        if (mount.Owned)
        {
            OwnedFolder.Give(mount.Source!, uid);
        }

        return null;
    }

    /// <summary>
    /// The source as it is passed on. Where the runner is root and the folder is somebody else's, the mount maps its owner to the
    /// run uid and back; null when that is needed and cannot be done.
    /// </summary>
    private static SafeFileHandle? HandOver(CellMount mount, SafeFileHandle handle, int uid)
    {
        var owner = FileStatus.Of(handle.Number())!.Value;
        var source = ForBubblewrap(handle);
        var readable = mount.Access == MountAccess.ReadOnly && owner.OthersMayRead;
        var suits = owner.Uid == uid || mount.Owned || (mount.Host is null && readable);
        if (Libc.GetEffectiveUid() != 0 || suits || IdentityMapping.Apply(source, owner, uid) || readable)
        {
            return source;
        }

        source.Dispose();
        return null;
    }

    private static string? TargetProblem(string target) =>
        !target.StartsWith('/') || target == "/" || target.EndsWith('/') ? "it is not an absolute path of a folder or file"
        : target.Split('/').Skip(1).Any(part => part is "" or "." or "..") ? "it has empty, '.' or '..' parts"
        : target.Contains('\0', StringComparison.Ordinal) ? "it contains a NUL character"
        : target is CellDefaults.SharedMemory ? null
        : target == "/etc" ? "generated files stand in it"
        : SystemFiles.Reserved.FirstOrDefault(r => target == r || IsBelow(target, r)) is { } reserved ? $"{reserved} belongs to the sandbox itself"
        : null;

    private static bool IsBelow(string path, string folder) => path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal);
}
