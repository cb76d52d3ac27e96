using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Supervision;

/// <summary>Where a run stands.</summary>
public enum RunState
{
    Preparing,
    Starting,
    Running,
    Stopping,
    Stopped,
    Failed,
}

/// <summary>Where a process of a run stands.</summary>
public enum ProcessState
{
    /// <summary>It starts when it is called.</summary>
    Waiting,

    /// <summary>It runs and does not answer yet.</summary>
    Starting,
    Ready,

    /// <summary>It was ready, and gave no sign of life when it was last looked at.</summary>
    Unhealthy,
    Ended,
}

/// <summary>One process of a run.</summary>
/// <param name="Id">As in the plan: cell, slash, stage.</param>
/// <param name="Pid">As the host sees it.</param>
/// <param name="ExitCode">Null while it lives.</param>
/// <param name="Restarts">How often it was started after its first start.</param>
public sealed record ProcessRecord(string Id, int Pid, int? ExitCode, int Restarts = 0)
{
    /// <summary>Null in records of older versions.</summary>
    public ProcessState? State { get; init; }
}

/// <summary>
/// What a run says about itself, as JSON in <c>runs/&lt;id&gt;/record.json</c> (design.md 9). The runner holds the lock beside
/// it; a record whose lock is free tells of a run that is over.
/// </summary>
public sealed record RunRecord
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string Schema { get; init; } = "capsule-run/1";

    public required string Id { get; init; }

    public required PackageReference Package { get; init; }

    /// <summary>Absolute path of the project or the installed tree.</summary>
    public required string Source { get; init; }

    /// <summary>The address or file that it came from without being installed; null for a project and an installed package.</summary>
    public string? Origin { get; init; }

    public required ProcessIdentity Runner { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required RunState State { get; init; }

    /// <summary>True for one command in a sandbox of its own; no other can join it.</summary>
    public bool IsCommand { get; init; }

    /// <summary>The public listener's address, from the moment on at which the port is taken; who calls before the state is running is told to come again.</summary>
    public Uri? Address { get; init; }

    public IReadOnlyList<PublicRoute> Public { get; init; } = [];

    public IReadOnlyList<ProcessRecord> Processes { get; init; } = [];

    /// <summary>What the user gave it.</summary>
    public Grants Grants { get; init; } = Grants.None;

    /// <summary>Which toolchains were taken, and why these.</summary>
    public IReadOnlyList<Toolchain> Toolchains { get; init; } = [];

    /// <summary>What this machine enforced, per cell.</summary>
    public IReadOnlyDictionary<string, Enforcement> Enforcement { get; init; } = new SortedDictionary<string, Enforcement>(StringComparer.Ordinal);

    /// <summary>Why it failed: a code and its message.</summary>
    public string? Problem { get; init; }
}
