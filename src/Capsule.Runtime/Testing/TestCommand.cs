using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing;

/// <summary>The command of an exec case.</summary>
public sealed record TestCommand
{
    /// <summary>Id of the process in whose cell it runs, for example <c>hello/start</c>.</summary>
    public required string Process { get; init; }

    /// <summary>Variant of the workload; null for its default.</summary>
    public string? Variant { get; init; }

    /// <summary>The cell of that variant, where the package starts another one; null for its own.</summary>
    public CellPlan? Cell { get; init; }

    /// <summary>A line for the shell; excludes <see cref="Argv"/>.</summary>
    public string? Shell { get; init; }

    /// <summary>Program and arguments.</summary>
    public IReadOnlyList<string>? Argv { get; init; }
}
