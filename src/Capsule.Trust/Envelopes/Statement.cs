using System.Text.Json;

namespace Capsule.Trust.Envelopes;

/// <summary>An in-toto Statement: who says what (the predicate) about which things (the subjects).</summary>
public sealed record Statement(string Type, IReadOnlyList<Subject> Subjects, string PredicateType, JsonElement Predicate)
{
    public const string TypeV1 = "https://in-toto.io/Statement/v1";

    /// <summary>Read and shown, never counted.</summary>
    public const string TypeV01 = "https://in-toto.io/Statement/v0.1";

    /// <summary>The identity that subject 0 names; null when it names none.</summary>
    public string? Identity => Subjects[0].Identity;
}
