using Capsule.Core.Plans;

namespace Capsule.Trust.Envelopes;

/// <summary>The only predicate that counts for a release: which package the identity is, and in which role the signer says so.</summary>
/// <param name="Family">One of <see cref="FamilyNames"/>.</param>
/// <param name="Purl">See <see cref="PackageUrl"/>.</param>
/// <param name="Role">A role of the trust file, for example <c>release</c>.</param>
public sealed record ReleasePredicate(string Family, string Purl, string Role)
{
    public const string Type = "https://in-toto.io/attestation/release/v0.1";

    /// <summary>The role of an ordinary release.</summary>
    public const string DefaultRole = "release";

    /// <summary>The statement's bytes for an identity; other subjects (a native container) may follow it.</summary>
    public byte[] ToStatement(string identity, params IEnumerable<Subject> others) =>
        StatementWriter.Write([Subject.Tree(identity), .. others], Type, json =>
        {
            json.WriteStartObject();
            json.WriteString("family", Family);
            json.WriteString("purl", Purl);
            json.WriteString("role", Role);
            json.WriteEndObject();
        });

    /// <summary>Reads the predicate of a statement; null when the statement is of another type or version.</summary>
    internal static ReleasePredicate? From(Statement statement)
    {
        if (statement.PredicateType != Type || statement.Type != Statement.TypeV1)
        {
            return null;
        }

        var predicate = statement.Predicate;
        StrictJson.Demand(predicate, "the release predicate", ["family", "purl", "role"]);
        return new ReleasePredicate(
            StrictJson.Text(predicate, "family"), StrictJson.Text(predicate, "purl"), StrictJson.Text(predicate, "role"));
    }
}
