using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Model;

/// <summary>An <c>atom.toml</c> (specs: atoms 3). A field is null when it is absent or of the wrong type; the problem is then with the diagnostics.</summary>
public sealed record AtomManifest
{
    public required SourceText Source { get; init; }

    public required MappingNode Root { get; init; }

    public Field<string>? Id { get; init; }

    public Field<string>? Version { get; init; }

    /// <summary>As written; <see cref="Hash"/> is what it says.</summary>
    public Field<string>? ContentHash { get; init; }

    public Field<string>? Lifecycle { get; init; }

    /// <summary>As text, whether it is written as one or as a TOML time.</summary>
    public Field<string>? CreatedAt { get; init; }

    public Field<string>? PublishedAt { get; init; }

    public Field<string>? Supersedes { get; init; }

    public Field<string>? SupersededBy { get; init; }

    /// <summary>Where imported material comes from.</summary>
    public AtomProtocol? Protocol { get; init; }

    /// <summary>Null when there is none, or several could be meant.</summary>
    public AtomPayload? Payload { get; init; }

    public IReadOnlyList<AtomSignature> Signatures { get; init; } = [];

    /// <summary>Null unless id and version are well-formed.</summary>
    public AtomReference? Reference => Id is not null && Version is not null ? AtomReference.Of(Id.Value, Version.Value) : null;

    /// <summary>64 lower-case hex digits; null when the hash is not computed yet or malformed.</summary>
    public string? Hash => ContentHash is { Value: { Length: > 0 } text } ? AtomHash.Digits(text) : null;
}
