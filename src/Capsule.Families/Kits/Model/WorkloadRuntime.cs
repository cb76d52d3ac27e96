using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>How a workload runs: source code, Relay attachments, or both.</summary>
public sealed record WorkloadRuntime
{
    public required FieldPath Path { get; init; }

    public SourceRuntime? Source { get; init; }

    public IReadOnlyList<Relay> Relays { get; init; } = [];

    public GpuGrant? Gpu { get; init; }
}

/// <summary>One runtime of a workload that has several.</summary>
public sealed record WorkloadVariant(Field<string> Id, WorkloadRuntime Runtime);

/// <summary>A public path of a dependency, addressed like a workload of this Kit.</summary>
public sealed record WorkloadImport(Field<string> Dependency, Field<string> ExposedPath);

/// <summary>Graphics access: <c>metal</c>, or whatever an option says. Exactly one is set.</summary>
public sealed record GpuGrant(Field<string>? Value, Field<string>? FromOption);
