namespace Capsule.Runtime.Sandbox;

/// <summary>What the sandbox needs to know of its machine.</summary>
public sealed record SandboxOptions
{
    /// <summary>The init binary; null: beside the runner's assembly.</summary>
    public string? InitPath { get; init; }

    /// <summary>bubblewrap, absolute; null: the system's places, never a PATH.</summary>
    public string? BwrapPath { get; init; }

    /// <summary>User ids for workloads; needed only where the runner is root (<c>sandbox.uid_range</c>).</summary>
    public UidRange? UidRange { get; init; }

    /// <summary>True refuses every cell on a kernel without Landlock (<c>sandbox.landlock = "required"</c>); else only a plan that requires it is refused.</summary>
    public bool LandlockRequired { get; init; }

    /// <summary>Told what holds each cell before it opens, and each process before it starts; null for nobody. It must be quick and must not throw.</summary>
    public Action<SandboxPolicy>? Policy { get; init; }

    /// <summary>Where leases of user ids are locked; one folder per machine.</summary>
    public string LeaseFolder { get; init; } = "/run/capsule/uids";

    /// <summary>Where the host's render nodes stand.</summary>
    internal string RenderFolder { get; init; } = RenderNodes.Folder;

    /// <summary>Where control groups are mounted.</summary>
    internal string CgroupRoot { get; init; } = "/sys/fs/cgroup";

    /// <summary>How long building a cell or sealing a process may take.</summary>
    public TimeSpan SetupTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
