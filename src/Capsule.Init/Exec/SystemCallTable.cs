namespace Capsule.Init.Exec;

/// <summary>Numbers of x86_64 (arch/x86/entry/syscalls/syscall_64.tbl). Another architecture needs a table of its own; without one the init refuses.</summary>
internal static class SystemCallTable
{
    /// <summary>AUDIT_ARCH_X86_64.</summary>
    public const uint AuditArchitecture = 0xC000003E;

    /// <summary>Set in the numbers of the x32 interface.</summary>
    public const uint OtherAbiBit = 0x40000000;

    /// <summary>Everything from here on is newer than this table (462 is mseal).</summary>
    public const uint FirstUnknown = 463;

    /// <summary>EPERM.</summary>
    public const uint NotPermitted = 1;

    /// <summary>EAFNOSUPPORT.</summary>
    public const uint NoSuchFamily = 97;

    public const uint Ioctl = 16;
    public const uint Socket = 41;
    public const uint Clone = 56;

    /// <summary>Its flags lie in memory, out of a filter's reach; the C library falls back to clone on ENOSYS.</summary>
    public const uint Clone3 = 435;

    /// <summary>CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. NEWTIME shares its bit with the exit signal of clone.</summary>
    public const uint NamespaceFlags = 0x7E020000;

    /// <summary>
    /// The calls that set a file's mode, the number of the argument that holds it, and of the one with O_CREAT if the mode counts
    /// only then. A set-user-id program in a folder that the host shares would hand its owner's rights to others there.
    /// </summary>
    public static readonly (uint Call, int Mode, int Flags)[] ModeSetters =
    [
        (2, 2, 1), // open
        (85, 1, -1), // creat
        (90, 1, -1), // chmod
        (91, 1, -1), // fchmod
        (133, 1, -1), // mknod
        (257, 3, 2), // openat
        (259, 2, -1), // mknodat
        (268, 2, -1), // fchmodat
        (452, 2, -1), // fchmodat2
    ];

    /// <summary>Its mode lies in memory, out of a filter's reach; programs fall back to openat on ENOSYS.</summary>
    public const uint OpenAt2 = 437;

    /// <summary>S_ISUID and S_ISGID.</summary>
    public const uint SetIdBits = 0xC00;

    /// <summary>O_CREAT and O_TMPFILE without its O_DIRECTORY part.</summary>
    public const uint CreatingFlags = 0x400040;

    /// <summary>TIOCSTI.</summary>
    public const uint InsertInput = 0x5412;

    /// <summary>TIOCLINUX.</summary>
    public const uint ConsoleControl = 0x541C;

    public const uint Seccomp = 317;

    /// <summary>
    /// SECCOMP_FILTER_FLAG_NEW_LISTENER. Of two filters that tell of a call the newer one's listener decides: once ours is closed, a
    /// workload could let its own calls pass. The kernel says EBUSY to it while ours is open, and this filter does always.
    /// </summary>
    public const uint NewListener = 8;

    /// <summary>EBUSY.</summary>
    public const uint Busy = 16;

    /// <summary>NETLINK_ROUTE.</summary>
    public const uint NetlinkRoute = 0;

    /// <summary>The errno of a refused call, whoever answers it.</summary>
    public static uint ErrorOf(uint call) => call == Socket ? NoSuchFamily : NotPermitted;

    public static ReadOnlySpan<uint> Denied =>
    [
        101, // ptrace
        103, // syslog
        134, // uselib
        153, // vhangup
        155, // pivot_root
        156, // _sysctl
        159, // adjtimex
        161, // chroot
        163, // acct
        164, // settimeofday
        165, // mount
        166, // umount2
        167, // swapon
        168, // swapoff
        169, // reboot
        170, // sethostname
        171, // setdomainname
        172, // iopl
        173, // ioperm
        174, // create_module
        175, // init_module
        176, // delete_module
        177, // get_kernel_syms
        178, // query_module
        179, // quotactl
        180, // nfsservctl
        212, // lookup_dcookie
        227, // clock_settime
        246, // kexec_load
        248, // add_key
        249, // request_key
        250, // keyctl
        272, // unshare
        298, // perf_event_open
        300, // fanotify_init
        301, // fanotify_mark
        303, // name_to_handle_at
        304, // open_by_handle_at
        305, // clock_adjtime
        308, // setns
        310, // process_vm_readv
        311, // process_vm_writev
        312, // kcmp
        313, // finit_module
        320, // kexec_file_load
        321, // bpf
        323, // userfaultfd
        425, // io_uring_setup
        426, // io_uring_enter
        427, // io_uring_register
        428, // open_tree
        429, // move_mount
        430, // fsopen
        431, // fsconfig
        432, // fsmount
        433, // fspick
        438, // pidfd_getfd
        440, // process_madvise
        442, // mount_setattr
        443, // quotactl_fd
        447, // memfd_secret: memory that no watchdog counts
        448, // process_mrelease
        457, // statmount
        458, // listmount
        460, // lsm_set_self_attr
    ];
}
