using System.Globalization;

namespace Capsule.Runtime.Sandbox;

/// <summary>What the kernel says about a process, read from outside (proc(5)); nothing here comes from the process itself.</summary>
internal sealed class ProcessStatus
{
    private const string Network = "net";
    private static readonly string[] Walls = [Network, "pid", "mnt", "user", "ipc", "uts", "cgroup"];
    private readonly int _pid;
    private readonly Dictionary<string, string> _fields;

    private ProcessStatus(int pid, Dictionary<string, string> fields)
    {
        _pid = pid;
        _fields = fields;
    }

    /// <summary>Null when there is no such process.</summary>
    public static ProcessStatus? Read(int pid)
    {
        try
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0)
                {
                    fields[line[..colon]] = line[(colon + 1)..].Trim();
                }
            }

            return new ProcessStatus(pid, fields);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The wall that stands open, in words; null when the process is confined as every process of a cell must be.</summary>
    /// <param name="uid">The user it must run as.</param>
    /// <param name="hostNetwork">True when it is to have the machine's network.</param>
    public string? OpenWall(int uid, bool hostNetwork) =>
        Field("Uid").Split('\t').Any(id => id != uid.ToString(CultureInfo.InvariantCulture)) ? $"it runs as user {Field("Uid")}"
        : Field("CapEff").Trim('0').Length + Field("CapBnd").Trim('0').Length > 0 ? $"it has capabilities {Field("CapEff")}"
        : Field("NoNewPrivs") != "1" ? "it may gain privileges"
        : Walls.FirstOrDefault(wall => !(hostNetwork && wall == Network) && SharedWithUs(wall)) is { } wall ? $"it shares the {wall} namespace with the runner"
        : null;

    /// <summary>The same with the system-call filter.</summary>
    public string? OpenSeal(int uid, bool hostNetwork) => OpenWall(uid, hostNetwork) ?? (Field("Seccomp") == "2" ? null : "it has no system-call filter");

    /// <summary>The namespace's identity, for example <c>net:[4026531840]</c>; empty when it cannot be read.</summary>
    public string Namespace(string kind) => Link(string.Create(CultureInfo.InvariantCulture, $"/proc/{_pid}/ns/{kind}"));

    // What cannot be read counts as open.
    private bool SharedWithUs(string kind) => Namespace(kind) is var theirs && (theirs.Length == 0 || theirs == Link($"/proc/self/ns/{kind}"));

    private static string Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? "";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private string Field(string name) => _fields.GetValueOrDefault(name, "");
}
