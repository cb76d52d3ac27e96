using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Model;

/// <summary>The table that says what an atom is: <c>[spec]</c>, or one named after its class (specs: atoms 3.2).</summary>
public sealed record AtomPayload
{
    /// <summary>The table's name.</summary>
    public required string Section { get; init; }

    /// <summary>As stated; null when the table's name says it.</summary>
    public Field<string>? Class { get; init; }

    public Field<string>? Asset { get; init; }

    public Field<string>? AssetSource { get; init; }

    public Field<string>? ConformsTo { get; init; }

    /// <summary>Values written into the manifest instead of an asset.</summary>
    public IReadOnlyList<Field<string>>? InlineValues { get; init; }

    public required SourceSpan Place { get; init; }

    /// <summary>All of the table, for the rules of classes.</summary>
    public required FieldReader Fields { get; init; }
}
