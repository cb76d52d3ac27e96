using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Sandbox;

/// <summary>Everything that can keep a sandbox from being built or a process from starting in it.</summary>
internal static class SandboxDiagnostics
{
    private const string UserNamespaceAdvice =
        "Allow unprivileged user namespaces for bubblewrap: on Debian 'sysctl kernel.unprivileged_userns_clone=1'; on Ubuntu 24.04 and later install "
        + "the AppArmor profile for bwrap ('apt install apparmor-profiles', then copy bwrap-userns-restrict to /etc/apparmor.d and reload); in a container, allow them on its host.";

    public static readonly DiagnosticKind NotLinux = new("CAP5100", Severity.Error,
        "There is no sandbox for this operating system yet.", "Run it on Linux, or in a Linux virtual machine.");

    public static readonly DiagnosticKind BubblewrapAbsent = new("CAP5101", Severity.Error,
        "bubblewrap (bwrap) is not installed: looked for {0}.", "Install it: 'apt install bubblewrap', 'dnf install bubblewrap' or your system's equivalent.");

    public static readonly DiagnosticKind BubblewrapTooOld = new("CAP5102", Severity.Error,
        "bubblewrap at {0} cannot be used: {1}.", "Install bubblewrap {2} or later.");

    public static readonly DiagnosticKind BubblewrapNotTrusted = new("CAP5103", Severity.Error,
        "{0} could be replaced by someone other than root, so it is not trusted to build walls.",
        "Give it and its folder to root and take away write access of group and others, or install your system's bubblewrap package.");

    public static readonly DiagnosticKind OwnersUnknown = new("CAP5144", Severity.Error,
        "Nobody can tell whose file {0} is: capsule runs in a user namespace that does not map the system's root user.",
        "Start capsule outside of the sandbox or container that it is in, or have that map user 0.");

    public static readonly DiagnosticKind RootWithoutRights = new("CAP5148", Severity.Error,
        "capsule runs as a root user without the rights of root, so it can give workloads neither users nor folders: {0}.",
        "Run capsule as an ordinary user, or as root outside of the sandbox or container that took the rights away.");

    public static readonly DiagnosticKind UserNamespacesForbidden = new("CAP5104", Severity.Error,
        "This machine does not let bubblewrap create a user namespace: {0}.", UserNamespaceAdvice);

    public static readonly DiagnosticKind UserNamespacesExhausted = new("CAP5105", Severity.Error,
        "No further user namespace may be created here: {0}.",
        "Raise user.max_user_namespaces with sysctl; inside another sandbox or container, start capsule outside of it.");

    public static readonly DiagnosticKind ArchitectureUnknown = new("CAP5106", Severity.Error,
        "There is no system-call table for the processor architecture {0}.", "Run it on x86-64.");

    public static readonly DiagnosticKind InitAbsent = new("CAP5107", Severity.Error,
        "The sandbox's first process, capsule-init, is missing: {0}.", "Reinstall capsule; in its source tree run build/init.");

    public static readonly DiagnosticKind InitDiffers = new("CAP5108", Severity.Error,
        "{0} does not belong to this version of capsule: {1}.", "Reinstall capsule; in its source tree run build/init.");

    public static readonly DiagnosticKind InitNotExecutable = new("CAP5140", Severity.Error,
        "{0} is not executable for every user, and it is not yours to change.", "Have its owner run: chmod 755 {0}");

    public static readonly DiagnosticKind AppArmorForbids = new("CAP5141", Severity.Error,
        "AppArmor on this machine gives no rights in user namespaces to bubblewrap (kernel.apparmor_restrict_unprivileged_userns is 1).",
        "Install a profile that allows them: printf '%s\\n' 'abi <abi/4.0>,' 'profile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }' | sudo tee /etc/apparmor.d/bwrap "
        + "&& sudo apparmor_parser -r /etc/apparmor.d/bwrap");

    public static readonly DiagnosticKind ProcCovered = new("CAP5142", Severity.Error,
        "Something is mounted over parts of /proc ({0}), and the kernel then lets nobody mount a /proc of a sandbox's own.",
        "In a container, start it with an uncovered /proc (docker: --security-opt systempaths=unconfined); elsewhere unmount what covers it.");

    public static readonly DiagnosticKind NoControlGroup = new("CAP5143", Severity.Warning,
        "No control group of capsule's own holds {0} here.",
        "Have one delegated, for example by starting capsule with 'systemd-run --user --scope -p Delegate=yes'. Without, memory is watched, processes are counted per user, and a limit of cpu is refused.");

    public static readonly DiagnosticKind UidRangeMissing = new("CAP5109", Severity.Error,
        "capsule runs as root, and no workload may: there is no range of user ids to give to workloads.",
        "Run capsule as an ordinary user, or set 'sandbox.uid_range' in config.toml to ids nobody uses, for example \"61000-61183\".");

    public static readonly DiagnosticKind UidRangeInvalid = new("CAP5110", Severity.Error,
        "'{0}' cannot be the range of workloads' user ids: {1}.", "Set 'sandbox.uid_range' in config.toml to FIRST-LAST, for example \"61000-61183\", with ids that nobody uses.");

    public static readonly DiagnosticKind UidsInUse = new("CAP5111", Severity.Error,
        "All {0} user ids of 'sandbox.uid_range' are in use by running workloads.", "Stop a run, or widen 'sandbox.uid_range' in config.toml.");

    public static readonly DiagnosticKind UidNotRecorded = new("CAP5146", Severity.Error,
        "No user id could be set aside for a workload under '{0}': {1}.", "Make room there, or give yourself the right to write.");

    public static readonly DiagnosticKind LandlockAbsent = new("CAP5112", Severity.Warning,
        "This kernel has no Landlock: the second wall around files is missing.", "Use a kernel from 5.13 on with 'landlock' in its list of security modules.");

    public static readonly DiagnosticKind SetupFailed = new("CAP5113", Severity.Error,
        "The sandbox of '{0}' could not be built: {1}.", "Run 'capsule doctor' to see what this machine lacks.");

    public static readonly DiagnosticKind SealBroken = new("CAP5114", Severity.Error,
        "'{0}' was not started: seen from outside, its sandbox is not sealed: {1}.", "Report this as a security problem, with the output of 'capsule doctor'.");

    public static readonly DiagnosticKind SeccompRefused = new("CAP5115", Severity.Error,
        "This kernel does not accept the system-call filter: errno {0}.", "Use a kernel that is built with CONFIG_SECCOMP_FILTER.");

    public static readonly DiagnosticKind ProgramNotStarted = new("CAP5116", Severity.Error,
        "'{0}' could not start {1}: {2}.", "Check the program's name, that it is in the package or its toolchain, and that it may be executed.");

    public static readonly DiagnosticKind WorkingDirectoryAbsent = new("CAP5117", Severity.Error,
        "'{0}' could not start in {1}: {2}.", "Name a working directory that exists in the package.");

    public static readonly DiagnosticKind SealFailed = new("CAP5118", Severity.Error,
        "'{0}' was not started: the step '{1}' of its confinement failed: {2}.", "Run 'capsule doctor' to see what this machine lacks.");

    public static readonly DiagnosticKind SourceAbsent = new("CAP5120", Severity.Error,
        "{0} is to be mounted at {1}, but cannot be opened: {2}.", "Create it, or name another folder.");

    public static readonly DiagnosticKind SourceIsLink = new("CAP5121", Severity.Error,
        "{0} is a symbolic link, and links are not followed for mounts.", "Name the folder that it points to.");

    public static readonly DiagnosticKind SourceDangerous = new("CAP5122", Severity.Error,
        "{0} is never given to a workload: {1}.", "Name a folder that holds what the workload needs and nothing else.");

    public static readonly DiagnosticKind SourceHoldsSocket = new("CAP5123", Severity.Error,
        "{0} holds the socket {1}: whoever sees it can talk to the program behind it.", "Name a folder without sockets.");

    public static readonly DiagnosticKind SourceNotOwned = new("CAP5124", Severity.Error,
        "{0} belongs to user {1}, the workload runs as user {2}, and its file system cannot show it to that user as its own.",
        "Run capsule as the folder's owner, or name a folder on a file system that maps ids, such as ext4, xfs or btrfs.");

    public static readonly DiagnosticKind TargetInvalid = new("CAP5125", Severity.Error,
        "Nothing can be mounted at '{0}' in a sandbox: {1}.", "Choose an absolute path such as /app or /mnt/data.");

    public static readonly DiagnosticKind TargetBelowAnother = new("CAP5126", Severity.Error,
        "{0} lies below {1}, which is mounted from elsewhere: creating it would follow that folder's links.", "Choose targets that do not contain one another.");

    public static readonly DiagnosticKind CellEnded = new("CAP5127", Severity.Error,
        "The sandbox of '{0}' has ended.", "Look at the workload's log for the reason, then start it again.");

    public static readonly DiagnosticKind NetworkNotOffered = new("CAP5128", Severity.Error,
        "'{0}' cannot have its network in this sandbox: the machine's own network and a private one exclude each other.",
        "Give all processes that share a sandbox the machine's network, or none of them; one without any network may be beside both.");

    public static readonly DiagnosticKind HostNetworkUnscoped = new("CAP5149", Severity.Error,
        "'{0}' was given the machine's network, and this kernel cannot keep it from the abstract sockets of other programs (Landlock ABI {1}; 6 is needed).",
        "Use a kernel of 6.12 or newer with Landlock, or run it without the machine's network.");

    public static readonly DiagnosticKind SpawnerEnded = new("CAP5129", Severity.Error,
        "The process that starts sandboxes did not start or has ended: {0}.", "Run 'capsule doctor'; start the run again.");

    public static readonly DiagnosticKind LimitUnenforced = new("CAP5130", Severity.Error,
        "The limit '{0}' of '{1}' cannot be enforced on this machine.", "Delegate a cgroup with that controller to capsule, or remove the limit.");

    public static readonly DiagnosticKind MemoryExceeded = new("CAP5132", Severity.Warning,
        "'{0}' took more than its limit of {1} bytes of memory and was killed.", "Raise the workload's memory limit, or make it need less.");

    public static readonly DiagnosticKind CgroupGone = new("CAP5147", Severity.Warning,
        "'{0}' was ended: it is no longer in the control group that held its limits, so nothing held them.",
        "Let capsule run in a group of its own that nobody else manages, for example with 'systemd-run --user --scope -p Delegate=yes', and start it again.");

    public static readonly DiagnosticKind GpuNotOffered = new("CAP5133", Severity.Error,
        "'{0}' needs a GPU ('{1}'), and none was given to it.", "Give it this machine's with --gpu, or run a variant of the package that needs none.");

    public static readonly DiagnosticKind SourceIsNoFolder = new("CAP5134", Severity.Error,
        "{0} is not a folder, and only folders are mounted.", "Name the folder that it lies in.");

    public static readonly DiagnosticKind SourceReplaced = new("CAP5135", Severity.Error,
        "{0} was agreed to, but now that name leads to {1}.", "Look who changed it, then name the folder that you mean.");

    public static readonly DiagnosticKind GrantAbsent = new("CAP5136", Severity.Error,
        "{0} cannot be opened: {1}.", "Create it, or name another folder.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind NoRenderNode = new("CAP5160", Severity.Error,
        "'{0}' is to have a GPU, and this machine has none that can be given: there is no {1}.",
        "Install the GPU's kernel driver, or run it without --gpu. Only render nodes are given, never a screen's card* or a vendor's control nodes.");

    public static readonly DiagnosticKind RenderNodeClosed = new("CAP5161", Severity.Error,
        "'{0}' is to have a GPU, but the user it runs as may not open {1}.",
        "Run capsule as an ordinary user who is in the group of these devices, often 'render'. A workload of root's has a user of its own, in no group.");

    public static readonly DiagnosticKind WrongMachine = new("CAP5150", Severity.Error,
        "The program of '{0}' is built for {1}, and this machine is {2}.", "Get the package for this kind of machine, or build it here.")
    { Aliases = ["ATO_ERR_COMPAT_HARDWARE"] };

    public static readonly DiagnosticKind LoaderAbsent = new("CAP5151", Severity.Error,
        "The program of '{0}' is started by {1}, which this machine does not have.",
        "It is linked for another system, often one with musl instead of glibc. Build it for this one, or link it statically.")
    { Aliases = ["ATO_ERR_COMPAT_HARDWARE"] };

    public static readonly DiagnosticKind GlibcTooOld = new("CAP5152", Severity.Error,
        "The program of '{0}' needs glibc {1}, and this machine has {2}.", "Build it on a system that is as old as this one, or link it statically.")
    { Aliases = ["ATO_ERR_COMPAT_HARDWARE"] };

    public static readonly DiagnosticKind CallRefused = new("CAP5170", Severity.Warning,
        "{0} may not {1}: {2}.", "If the line names text for the manifest, write that; otherwise the program must do without: no manifest grants the call.");

    public static readonly DiagnosticKind TooManyProcesses = new("CAP5171", Severity.Warning,
        "'{0}' wanted more than its limit of {1} processes, and was refused.", "Raise the limit, or look for what starts them.");

    public static readonly DiagnosticKind MemoryFilesFull = new("CAP5172", Severity.Warning,
        "{0} of '{1}' is full: it holds {2} bytes.", "Raise the limit of temporary files, or have the program clear up behind itself.");

    public static readonly DiagnosticKind FileTooLarge = new("CAP5173", Severity.Warning,
        "'{0}' wrote a file beyond its limit of {1} bytes and was ended.", "Raise the limit of a file's size, or write several files.");

    public static readonly DiagnosticKind TimeIsUp = new("CAP5174", Severity.Warning,
        "'{0}' ran for longer than its limit of {1} s and was killed.", "Raise the limit of time, or make the work shorter.");

    public static readonly DiagnosticKind TextHasNul = new("CAP5131", Severity.Error,
        "An argument, variable or path of '{0}' contains a NUL character.", "Remove it.");
}
