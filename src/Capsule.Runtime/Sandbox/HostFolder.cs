using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// A folder of the user's that workloads may be given, held open: whatever happens to its name, this folder is what cells get
/// (specs: sandbox 2). Its last part is no link; what else it must not be is said by CAP5120 to CAP5123 and CAP5134.
/// </summary>
public sealed class HostFolder : IDisposable
{
    private readonly SafeFileHandle _handle;

    private HostFolder(SafeFileHandle handle, string path) => (_handle, Path) = (handle, path);

    /// <summary>Absolute, without links.</summary>
    public string Path { get; }

    internal string StablePath => DescriptorPath(_handle);

    /// <param name="path">Absolute; links above its last part are followed.</param>
    public static Result<HostFolder> Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return SandboxDiagnostics.NotLinux.Now();
        }

        var handle = Descriptors.Open(path, Constants.OpenPathOnly | Constants.OpenNoFollow);
        if (handle is null)
        {
            return SandboxDiagnostics.GrantAbsent.Now(path, Descriptors.LastError());
        }

        var folder = new HostFolder(handle, RealPath(handle) ?? path);
        if (folder.Problem(path) is not { } problem)
        {
            return folder;
        }

        folder.Dispose();
        return problem;
    }

    public void Dispose() => _handle.Dispose();

    private Diagnostic? Problem(string path)
    {
        var status = FileStatus.Of(_handle.Number());
        return status is null or { IsLink: true } ? SandboxDiagnostics.SourceIsLink.Now(path)
            : !status.Value.IsFolder ? SandboxDiagnostics.SourceIsNoFolder.Now(path)
            : HostPaths.Danger(Path) is { } danger ? SandboxDiagnostics.SourceDangerous.Now(path, danger)
            : (HostPaths.SocketBelow(Path) ?? SocketFiles.Below(Path)) is { } socket ? SandboxDiagnostics.SourceHoldsSocket.Now(path, socket)
            : null;
    }

    /// <summary>What a descriptor really is; null when it cannot be said.</summary>
    internal static string? RealPath(SafeFileHandle handle) => new FileInfo(DescriptorPath(handle)).LinkTarget;

    private static string DescriptorPath(SafeFileHandle handle) => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.Number()}");
}
