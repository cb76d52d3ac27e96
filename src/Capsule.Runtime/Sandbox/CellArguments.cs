using System.Globalization;
using System.Text;
using Capsule.Core.Plans;
using Capsule.Init.Wire;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// bubblewrap's arguments for one cell and the descriptors they speak of (specs: platform 1, recommended argv; sandbox 2).
/// The arguments travel in a memory file, so that no host path shows in a command line.
/// </summary>
internal sealed class CellArguments : IDisposable
{
    private const string Inner = "1000";
    private readonly bool _staged;
    private readonly List<string> _words = [];
    private readonly List<SafeFileHandle> _sources = [];

    private CellArguments(bool staged) => _staged = staged;

    /// <summary>In the order of their numbers, from <see cref="Protocol.FirstSourceDescriptor"/> on.</summary>
    public IReadOnlyList<SafeFileHandle> Sources => _sources;

    public IReadOnlyList<string> Words => _words;

    /// <param name="request">What is wanted.</param>
    /// <param name="mounts">Its mounts, sources open.</param>
    /// <param name="init">The init binary, open.</param>
    /// <param name="staged">Whether the sources are detached mounts that the outer init attaches for bubblewrap (a root runner's).</param>
    public static CellArguments Build(CellRequest request, IReadOnlyList<OpenedMount> mounts, SafeFileHandle init, bool staged)
    {
        var arguments = new CellArguments(staged);
        arguments.AddWalls(request.HostNetwork);
        arguments.AddSystem();
        arguments.AddDevices(request, mounts);
        arguments.AddTemporary(request, mounts);
        foreach (var mount in mounts.Where(m => m.Mount.Target != CellDefaults.SharedMemory))
        {
            arguments.AddMount(mount, request.Limits.Tmp ?? CellDefaults.TmpBytes);
        }

        foreach (var (path, content) in SystemFiles.With(request.Files))
        {
            arguments.Add("--perms", "0444", "--ro-bind-data", arguments.Source(Descriptors.Memory(content)), path);
        }

        foreach (var (path, target) in request.Links)
        {
            arguments.Add("--symlink", target, path);
        }

        arguments.AddBind("--ro-bind", init, Protocol.InitPath);
        arguments.Add("--remount-ro", "/");
        return arguments;
    }

    /// <summary>The memory file systems of a cell that a workload may fill, and their bytes.</summary>
    public static IEnumerable<(string Target, long Size)> MemoryFiles(CellRequest request)
    {
        var tmp = request.Limits.Tmp ?? CellDefaults.TmpBytes;
        (string Target, long Size)[] always = [(CellDefaults.Tmp, tmp), (CellDefaults.SharedMemory, CellDefaults.SharedMemoryBytes)];
        return always.Where(a => !request.Mounts.Any(m => m.Target == a.Target)).Concat(
            from mount in request.Mounts
            where mount.Source is null
            select (mount.Target, mount.Size ?? (mount.Target == CellDefaults.SharedMemory ? CellDefaults.SharedMemoryBytes : tmp)));
    }

    /// <summary>The form of <c>--args</c>: each word ended by NUL.</summary>
    public byte[] Encode() => Encoding.UTF8.GetBytes(string.Concat(_words.Select(word => word + "\0")));

    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }
    }

    private void AddWalls(bool hostNetwork)
    {
        Add(
            "--unshare-all", "--unshare-user", "--disable-userns", "--uid", Inner, "--gid", Inner, "--hostname", "capsule",
            "--as-pid-1", "--new-session", "--clearenv", "--cap-drop", "ALL");
        if (hostNetwork)
        {
            Add("--share-net");
        }
    }

    private void AddSystem()
    {
        Add("--ro-bind", "/usr", "/usr");
        foreach (var (path, link) in SystemFiles.UsrFolders().Concat(SystemFiles.FromHost()))
        {
            Add(link is null ? ["--ro-bind", path, path] : ["--symlink", link, path]);
        }

        Add("--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys");
        Add("--dir", "/run", "--dir", "/var", "--symlink", "../tmp", "/var/tmp", "--symlink", "../run", "/var/run");
    }

    private void AddDevices(CellRequest request, IReadOnlyList<OpenedMount> mounts)
    {
        Add("--dev", "/dev");
        if (mounts.FirstOrDefault(m => m.Mount.Target == CellDefaults.SharedMemory) is { } declared)
        {
            AddMount(declared, CellDefaults.SharedMemoryBytes);
        }
        else
        {
            Add("--perms", "1777", "--size", Text(CellDefaults.SharedMemoryBytes), "--tmpfs", CellDefaults.SharedMemory);
        }

        // By path, as /usr is: /dev is root's alone, and bubblewrap keeps devices alive in no bind by descriptor.
        foreach (var node in request.Devices)
        {
            Add("--dev-bind", node, RenderNodes.Inside(node));
        }

        Add("--remount-ro", "/dev");
    }

    private void AddTemporary(CellRequest request, IReadOnlyList<OpenedMount> mounts)
    {
        if (!mounts.Any(m => m.Mount.Target == CellDefaults.Tmp))
        {
            Add("--perms", "1777", "--size", Text(request.Limits.Tmp ?? CellDefaults.TmpBytes), "--tmpfs", CellDefaults.Tmp);
        }
    }

    private void AddMount(OpenedMount opened, long defaultSize)
    {
        var mount = opened.Mount;
        if (opened.Source is { } source)
        {
            AddBind(mount.Access == MountAccess.ReadWrite ? "--bind" : "--ro-bind", source, mount.Target);
        }
        else
        {
            Add("--perms", "0755", "--size", Text(mount.Size ?? defaultSize), "--tmpfs", mount.Target);
        }
    }

    private void AddBind(string option, SafeFileHandle source, string target)
    {
        var number = Source(source);
        Add(_staged ? option : option + "-fd", _staged ? Protocol.Staging + number : number, target);
    }

    private string Source(SafeFileHandle handle)
    {
        _sources.Add(handle);
        return Text(Protocol.FirstSourceDescriptor + _sources.Count - 1);
    }

    private void Add(params ReadOnlySpan<string> words) => _words.AddRange(words);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
