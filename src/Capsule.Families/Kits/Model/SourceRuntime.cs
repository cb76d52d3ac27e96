using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>Own code under <c>workloads/&lt;id&gt;/</c> and the commands of its life.</summary>
public sealed record SourceRuntime
{
    public required Field<string> Toolchain { get; init; }

    /// <summary>
    /// What prepare commands find first: Bun for node too, since no toolchain carries npm. It installs what <c>package.json</c> names, and
    /// stands in for node where a package's script wants it.
    /// </summary>
    public string PrepareToolchain => Toolchain.Value is "node" ? "bun" : Toolchain.Value;

    public KitCommand? Prepare { get; init; }

    public KitCommand? Hydrate { get; init; }

    public required KitCommand Start { get; init; }

    public IEnumerable<KitCommand> Commands => new[] { Prepare, Hydrate, Start }.OfType<KitCommand>();
}

/// <summary>A shell line with its environment and network.</summary>
public sealed record KitCommand
{
    public required Field<string> Command { get; init; }

    /// <summary>Literal variables, in the text the author wrote.</summary>
    public IReadOnlyList<NamedField<Field<string>>> Env { get; init; } = [];

    /// <summary>Variable to option id.</summary>
    public IReadOnlyList<NamedField<Field<string>>> EnvFromOptions { get; init; } = [];

    /// <summary>Null means the stage's default (specs: kits 1.3).</summary>
    public Field<NetworkMode>? Network { get; init; }

    /// <summary>The only hosts for a command with network full; null: as the workload says.</summary>
    public EgressList? EgressAllow { get; init; }

    public required FieldPath Path { get; init; }

    public required SourceSpan Span { get; init; }
}
