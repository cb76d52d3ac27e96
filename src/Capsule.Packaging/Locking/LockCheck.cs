using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Locking;

/// <summary>Compares a project's lock with what the project needs. Never writes, never asks a network.</summary>
public static class LockCheck
{
    /// <summary>
    /// The lock, or an empty one where there is none, with what is wrong: absent is a notice (CAP1000), stale a warning
    /// (CAP1002), both an error when <see cref="LockRequest.Locked"/>; a lock that cannot be read always is.
    /// </summary>
    public static Result<LockFile> Check(LockRequest request)
    {
        if (!File.Exists(request.Path))
        {
            return request.Locked ? LockDiagnostics.AbsentLocked.Now() : Result.Of(new LockFile(), [LockDiagnostics.Absent.Now()]);
        }

        var read = LockFile.Load(request.Path);
        if (!read.Succeeded)
        {
            return read;
        }

        var stale = Differences(read.Value, request).Select(how => LockDiagnostics.Stale.In(request.Path, how)).ToArray();
        return stale.Length > 0 && request.Locked
            ? Result.Failed<LockFile>(stale.Select(s => s with { Severity = Severity.Error }))
            : Result.Of(read.Value, stale);
    }

    private static IEnumerable<string> Differences(LockFile file, LockRequest request)
    {
        if (request.Sdk is not null && file.Sdk != request.Sdk)
        {
            yield return file.Sdk is null ? "it names no SDK version" : $"it was written for SDK {file.Sdk}, and {request.Sdk} is used";
        }

        foreach (var toolchain in request.Toolchains)
        {
            if (file.FindToolchain(toolchain.Name) is not { } locked)
            {
                yield return $"'{toolchain.Name}' is not in it";
            }
            else if (locked.Wanted != toolchain.Version)
            {
                yield return $"the manifest asks for {toolchain.Name} {toolchain.Version ?? "of any version"}, it was written for {locked.Wanted ?? "any version"}";
            }
        }

        foreach (var name in file.Toolchains.Select(t => t.Name).Except(request.Toolchains.Select(t => t.Name)))
        {
            yield return $"'{name}' is in it but no longer asked for";
        }

        foreach (var wanted in request.Dependencies)
        {
            if (file.Dependencies.FirstOrDefault(d => d.Name == wanted.Id) is not { } locked)
            {
                yield return $"the dependency '{wanted.Id}' is not in it";
            }
            else if (locked.Git != wanted.Source.Url || locked.Wanted != wanted.Source.Ref)
            {
                yield return $"the dependency '{wanted.Id}' is {Words(wanted.Source.Url, wanted.Source.Ref)}, it was written for {Words(locked.Git, locked.Wanted)}";
            }
        }

        var closed = request.Dependencies.Where(d => !d.IsOpen).Select(d => d.Id + ".").ToArray();
        foreach (var name in file.Dependencies.Where(d => d.Git is not null).Select(d => d.Name).Except(request.Dependencies.Select(d => d.Id)).Where(n => !closed.Any(c => n.StartsWith(c, StringComparison.Ordinal))))
        {
            yield return $"the dependency '{name}' is in it but no longer asked for";
        }
    }

    private static string Words(string? git, string? wanted) => $"{wanted ?? "the default branch"} of {git ?? "a feed"}";
}
