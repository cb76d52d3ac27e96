using System.Collections.Frozen;
using Capsule.Init.Exec;
using Capsule.Init.Linux;

namespace Capsule.Runtime.Sandbox.Refusals;

/// <summary>
/// What each call of <see cref="SystemCallTable"/> is in words. It only names what the kernel's filter has already refused; numbers
/// and values alone are looked at, never memory of the caller's.
/// </summary>
internal static class RefusedCalls
{
    private const uint Datagram = 2;

    /// <summary>SOCK_TYPE_MASK: the rest are flags.</summary>
    private const uint TypeMask = 0xF;

    private const string Look = "reach into another process";
    private const string Mount = "change mounts";
    private const string Clock = "set the clock";
    private const string Kernel = "change the running kernel";
    private const string Keys = "use the kernel's keys";
    private const string Handles = "open files past their paths";
    private const string Watch = "watch everybody's files";
    private const string Administer = "administer this machine";

    private static readonly RefusedCall Internet = new("internet", "open an internet socket") { Socket = true, Internet = true };

    /// <summary>How curl and others find out whether there is IPv6 at all; names are asked for by IPv4.</summary>
    private static readonly RefusedCall InternetProbe = new("internet", "open an IPv6 datagram socket") { Socket = true, Internet = true, Harmless = true };
    private static readonly RefusedCall OtherFamily = new("other family", "open a socket of a rare family") { Socket = true };
    private static readonly RefusedCall Namespaces = new("clone", "create namespaces");
    private static readonly RefusedCall Terminal = new("ioctl", "type into a terminal for others");
    private static readonly RefusedCall SetId = new("set-id", "make a file that runs as its owner");
    private static readonly RefusedCall Unnamed = new("other call", "make a system call that no workload needs");

    private static readonly FrozenDictionary<uint, RefusedCall> Families = Sockets(
        (3, "ax25"), (15, "key"), (16, "netlink"), (17, "packet"), (21, "rds"), (29, "can"), (30, "tipc"), (31, "bluetooth"), (38, "alg"), (40, "vsock"), (44, "xdp"));

    private static readonly FrozenDictionary<uint, RefusedCall> Calls = Named(
        (101, "ptrace", "trace a process"), (103, "syslog", "read the kernel's log"), (134, "uselib", "load a library the old way"), (153, "vhangup", "hang up a terminal"),
        (155, "pivot_root", Mount), (156, "_sysctl", "change kernel settings"), (159, "adjtimex", Clock), (161, "chroot", "change its root folder"), (163, "acct", Administer),
        (164, "settimeofday", Clock), (165, "mount", Mount), (166, "umount2", Mount), (167, "swapon", Administer), (168, "swapoff", Administer), (169, "reboot", "restart this machine"),
        (170, "sethostname", "rename this machine"), (171, "setdomainname", "rename this machine"), (172, "iopl", "use the machine's ports"), (173, "ioperm", "use the machine's ports"),
        (174, "create_module", Kernel), (175, "init_module", Kernel), (176, "delete_module", Kernel), (177, "get_kernel_syms", Kernel), (178, "query_module", Kernel),
        (179, "quotactl", Administer), (180, "nfsservctl", Administer), (212, "lookup_dcookie", Handles), (227, "clock_settime", Clock), (246, "kexec_load", Kernel),
        (248, "add_key", Keys), (249, "request_key", Keys), (250, "keyctl", Keys), (272, "unshare", "create namespaces"), (298, "perf_event_open", "count events of the processor"),
        (300, "fanotify_init", Watch), (301, "fanotify_mark", Watch), (303, "name_to_handle_at", Handles), (304, "open_by_handle_at", Handles), (305, "clock_adjtime", Clock),
        (308, "setns", "enter namespaces"), (310, "process_vm_readv", Look), (311, "process_vm_writev", Look), (312, "kcmp", Look), (313, "finit_module", Kernel),
        (320, "kexec_file_load", Kernel), (321, "bpf", "load programs into the kernel"), (323, "userfaultfd", "handle page faults"), (425, "io_uring_setup", "use io_uring"),
        (426, "io_uring_enter", "use io_uring"), (427, "io_uring_register", "use io_uring"), (428, "open_tree", Mount), (429, "move_mount", Mount), (430, "fsopen", Mount),
        (431, "fsconfig", Mount), (432, "fsmount", Mount), (433, "fspick", Mount), (438, "pidfd_getfd", Look), (440, "process_madvise", Look), (442, "mount_setattr", Mount),
        (443, "quotactl_fd", Administer), (447, "memfd_secret", "hide memory from the kernel"), (448, "process_mrelease", Look), (457, "statmount", "list mounts"), (458, "listmount", "list mounts"), (460, "lsm_set_self_attr", Administer));

    /// <param name="call">Number of the call (x86_64).</param>
    /// <param name="first">Its first argument.</param>
    /// <param name="second">Its second.</param>
    public static RefusedCall Of(uint call, ulong first, ulong second = 0) => call switch
    {
        SystemCallTable.Socket => OfSocket((uint)first, (uint)second & TypeMask),
        SystemCallTable.Clone => Namespaces,
        SystemCallTable.Ioctl => Terminal,
        _ when Calls.TryGetValue(call, out var known) => known,
        _ when SystemCallTable.ModeSetters.Any(setter => setter.Call == call) => SetId,
        _ => Unnamed,
    };

    private static RefusedCall OfSocket(uint family, uint type) => (family, type) switch
    {
        (Constants.AddressInternet6, Datagram) => InternetProbe,
        (Constants.AddressInternet or Constants.AddressInternet6, _) => Internet,
        _ => Families.GetValueOrDefault(family, OtherFamily),
    };

    private static FrozenDictionary<uint, RefusedCall> Sockets(params (uint Family, string Name)[] families) =>
        families.ToFrozenDictionary(f => f.Family, f => new RefusedCall(f.Name, $"open a {f.Name} socket") { Socket = true });

    private static FrozenDictionary<uint, RefusedCall> Named(params (uint Call, string Name, string Words)[] calls) =>
        calls.ToFrozenDictionary(c => c.Call, c => new RefusedCall(c.Name, c.Words) { Harmless = c.Name.StartsWith("io_uring", StringComparison.Ordinal) });
}
