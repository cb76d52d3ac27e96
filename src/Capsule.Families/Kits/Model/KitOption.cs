using Capsule.Core.Text;
using Capsule.Families.Kits.Rules;

namespace Capsule.Families.Kits.Model;

/// <summary>A typed input of a Kit (specs: kits 1.6).</summary>
public sealed record KitOption
{
    public required Field<string> Id { get; init; }

    /// <summary>string, number, boolean, enum or path.</summary>
    public required Field<string> Kind { get; init; }

    /// <summary>The scalar as written; its text is what a command gets.</summary>
    public Field<Node>? Default { get; init; }

    /// <summary>The default as a command gets it; null for none.</summary>
    public string? DefaultText => Default is { } given ? OptionValue.Text(given.Value) : null;

    public bool Required { get; init; }

    public IReadOnlyList<Field<string>> EnumValues { get; init; } = [];

    public string? Description { get; init; }
}
