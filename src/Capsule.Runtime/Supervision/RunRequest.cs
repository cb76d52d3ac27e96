using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Relays;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Shadows;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Supervision;

/// <summary>What to run, where it lies, and what the user grants.</summary>
public sealed record RunRequest
{
    public required LaunchPlan Plan { get; init; }

    /// <summary>Absolute path of the project folder or of an installed tree.</summary>
    public required string TreeDirectory { get; init; }

    /// <summary>Whose run it is: the project folder where the tree is another one, made of it. For the record, and never given to a workload to change.</summary>
    public string Source
    {
        get => field ?? TreeDirectory;
        init;
    }

    /// <summary>How a user calls a stranger's package, for the record; null for others, whose names or folders say it.</summary>
    public string? Origin { get; init; }

    /// <summary>Disposed of when the run has ended.</summary>
    public IDisposable? Owned { get; init; }

    /// <summary>For a project: the files that belong to the package. Null for an installed tree, which holds nothing else.</summary>
    public PackPlan? Selection { get; init; }

    /// <summary>Where the plan's dependencies lie, by their ids. Nothing is ever written to them.</summary>
    public IReadOnlyDictionary<string, PackageTree> Dependencies { get; init; } = new Dictionary<string, PackageTree>();

    /// <summary>The tree that a mount is taken from.</summary>
    internal PackageTree TreeOf(MountPlan mount) => mount.Dependency is { } dependency ? Dependencies[dependency] : new PackageTree(TreeDirectory, Selection);

    public required CapsuleHome Home { get; init; }

    /// <summary>The machine's sandbox; it stays the caller's.</summary>
    public required ISandbox Sandbox { get; init; }

    public required ToolchainResolver Toolchains { get; init; }

    public IFamilyHooks? Hooks { get; init; }

    /// <summary>The public port: 0 lets the runner choose, null takes the plan's.</summary>
    public int? Port { get; init; }

    /// <summary>Variables that the user sets; they win over the plan's.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>What the user gives the package. A folder that leads elsewhere by now is refused (CAP5135); commands that prepare get neither GPUs nor the machine's network.</summary>
    public Grants Grants { get; init; } = Grants.None;

    /// <summary>The values of the secrets that the plan uses.</summary>
    public RunSecrets Secrets { get; init; } = RunSecrets.None;

    /// <summary>Addresses in the place of an exit's own, by its kind: the user's settings, never a package's (CAP5740).</summary>
    public IReadOnlyDictionary<string, Uri> RelayAddresses { get; init; } = new Dictionary<string, Uri>();

    /// <summary>What a command may bring back into the project; null: nothing, the project stays as it is.</summary>
    public WriteBackRules? WriteBack { get; init; }

    /// <summary>True starts what answers calls at the first call to it, and again at the next call after its end (specs: kits 1.3).</summary>
    public bool OnCall { get; init; }

    /// <summary>How services are looked after once they were ready; null for not at all.</summary>
    public HealthPlan? Health { get; init; }

    /// <summary>True for a run that is one command of the user's, which nobody joins.</summary>
    public bool IsCommand { get; init; }

    /// <summary>Folders of the user's for declared outputs: mount id to absolute path. What an output without one holds is gone with the run.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The rules of a process's way out; tests have no public address and bring their own.</summary>
    internal Func<NetworkPlan, Uri?, EgressPolicy> Policy { get; init; } = (plan, registry) => new EgressPolicy(plan, registry);

    /// <summary>Where the calls of exits go; tests have no provider and bring their own.</summary>
    internal Func<RelayAddress, RelayAddress> Exits { get; init; } = address => address;

    /// <summary>Receives every line of the run's log as it comes; called from several threads.</summary>
    public Action<LogLine>? Log { get; init; }
}
