using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>Another Kit that this one imports paths of (specs: kits 1.8).</summary>
public sealed record Dependency
{
    public required Field<string> Id { get; init; }

    /// <summary>A local folder; excludes <see cref="Git"/>.</summary>
    public Field<string>? Path { get; init; }

    public Field<string>? Git { get; init; }

    /// <summary>Branch, tag or commit; only with <see cref="Git"/>.</summary>
    public Field<string>? Ref { get; init; }

    public IReadOnlyList<NamedField<OptionBinding>> Options { get; init; } = [];

    /// <summary>The child's mount to one of ours.</summary>
    public IReadOnlyList<NamedField<Field<string>>> MountBindings { get; init; } = [];

    /// <summary>The child's secret to one of ours.</summary>
    public IReadOnlyList<NamedField<Field<string>>> SecretBindings { get; init; } = [];
}

/// <summary>A literal, or the id of an option of ours. Exactly one is set.</summary>
public sealed record OptionBinding(Field<string>? Literal, Field<string>? FromOption);
