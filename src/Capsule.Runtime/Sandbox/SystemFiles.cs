using System.Text;

namespace Capsule.Runtime.Sandbox;

/// <summary>What a cell sees outside its mounts: the system's programs read-only, and a generated <c>/etc</c>.</summary>
internal static class SystemFiles
{
    private static readonly string[] Merged = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    /// <summary>Read by programs of <c>/usr</c>, the same for everyone, and nobody's secret.</summary>
    private static readonly string[] Shared =
    [
        "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ssl/certs", "/etc/ca-certificates", "/etc/pki",
        "/etc/ssl/openssl.cnf", "/etc/mime.types", "/etc/protocols", "/etc/services",
    ];

    private static readonly Dictionary<string, string> Generated = new(StringComparer.Ordinal)
    {
        ["/etc/passwd"] = "root:x:0:0:root:/nonexistent:/usr/sbin/nologin\ncapsule:x:1000:1000:capsule:/home:/bin/sh\n",
        ["/etc/group"] = "root:x:0:\ncapsule:x:1000:\n",
        ["/etc/hosts"] = "127.0.0.1 localhost capsule\n::1 localhost\n",
        ["/etc/nsswitch.conf"] = "passwd: files\ngroup: files\nhosts: files\n",
        ["/etc/hostname"] = "capsule\n",
    };

    /// <summary>/bin and its like: a link where the system merged them into /usr, else bound themselves (link null).</summary>
    public static IEnumerable<(string Path, string? Link)> UsrFolders() =>
        from name in Merged
        let folder = new DirectoryInfo("/" + name)
        where folder.Exists
        select (folder.FullName, folder.LinkTarget);

    /// <summary>Only what root alone may change; a link (not null) stays a link.</summary>
    public static IEnumerable<(string Path, string? Link)> FromHost() =>
        from path in Shared
        let status = FileStatus.Of(path)
        where status is { OnlyRootMayChange: true }
        select (path, status.Value.IsLink ? new FileInfo(path).LinkTarget : null);

    /// <summary>The generated files and the request's own, which win.</summary>
    public static IEnumerable<(string Path, byte[] Content)> With(IReadOnlyDictionary<string, byte[]> files) =>
        Generated.Where(file => !files.ContainsKey(file.Key)).Select(file => (file.Key, Encoding.UTF8.GetBytes(file.Value)))
            .Concat(files.Select(file => (file.Key, file.Value)));

    /// <summary>Where the files' own folders are ours already, because the walls of every cell stand there.</summary>
    public static readonly IReadOnlyList<string> Reserved = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/sys", "/dev", "/.capsule"];
}
