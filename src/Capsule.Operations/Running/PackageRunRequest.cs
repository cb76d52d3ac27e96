using Capsule.Core.Plans;
using Capsule.Families;
using Capsule.Operations.Secrets;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Shadows;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;

namespace Capsule.Operations.Running;

/// <summary>A compiled package and where its files lie; the choices of the user that are no part of a plan.</summary>
public sealed record PackageRunRequest
{
    public required CompiledPackage Package { get; init; }

    /// <summary>Absolute path of the project folder, or of an installed tree.</summary>
    public required string Directory { get; init; }

    /// <summary>True for a tree from the store, or of a stranger: it is the package and nothing else, and is never written to.</summary>
    public bool Installed { get; init; }

    /// <summary>How a user calls a stranger's package; null for others, whose names or folders say it.</summary>
    public string? Origin { get; init; }

    /// <summary>What of a project runs; an installed package is always managed (CAP5540).</summary>
    public RunMode? Mode { get; init; }

    /// <summary>For a managed run of a project: the absolute path of the container that was built of it; null packs it.</summary>
    public string? Container { get; init; }

    /// <summary>Toolchains by name as the lock pins them; they win over the plan's wishes.</summary>
    public IReadOnlyDictionary<string, ToolchainPlan> Locked { get; init; } = new Dictionary<string, ToolchainPlan>();

    public required CapsuleHome Home { get; init; }

    public required ISandbox Sandbox { get; init; }

    /// <summary>Null: one for <see cref="Home"/> with npm's settings of this machine.</summary>
    public ToolchainResolver? Toolchains { get; init; }

    /// <summary>What the user chose about the plan.</summary>
    public LaunchChoices Choices { get; init; } = new();

    public int? Port { get; init; }

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>What the user gives the package; folders as <see cref="MountBindings"/> makes them.</summary>
    public Grants Grants { get; init; } = Grants.None;

    /// <summary>How the user gives it the secrets that are not kept.</summary>
    public GivenSecrets Secrets { get; init; } = GivenSecrets.None;

    /// <summary>What a command may bring back into the project; null keeps the project as it is.</summary>
    public WriteBackRules? WriteBack { get; init; }

    /// <summary>True for a run that is one command of the user's.</summary>
    public bool IsCommand { get; init; }

    public Action<LogLine>? Log { get; init; }
}
