using System.Security.Cryptography;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Envelopes;

/// <summary>
/// The predicate by which a signer's public key travels with a package: an ECDSA key is computed from its signature, one of Ed25519 or
/// ML-DSA cannot be. The key signs the statement itself, so the line says nothing that its signer did not say. It makes nothing
/// trusted and counts for nothing: it lets a first use show the fingerprint, check the release line and pin the key.
/// </summary>
internal static class SignerKeyPredicate
{
    public const string Type = "urn:capsule:signer-key:1";

    /// <summary>The statement's bytes: the identity as the subject, <c>{"spki": BASE64}</c> as the predicate.</summary>
    public static byte[] ToStatement(PublicKey key, string identity) => StatementWriter.Write([Subject.Tree(identity)], Type, json =>
    {
        json.WriteStartObject();
        json.WriteString("spki", key.SpkiBase64);
        json.WriteEndObject();
    });

    /// <summary>
    /// The key that a statement of this type names; null when the statement is of another type, or the key of an algorithm unknown
    /// here. Throws <see cref="FormatException"/> when it is not the key that the line's hint names.
    /// </summary>
    public static PublicKey? From(Statement statement, string hint)
    {
        if (statement.PredicateType != Type || statement.Type != Statement.TypeV1)
        {
            return null;
        }

        StrictJson.Demand(statement.Predicate, "the signer key predicate", ["spki"]);
        var spki = CanonicalBase64.Decode(StrictJson.Text(statement.Predicate, "spki")) ?? throw new FormatException("its spki is not canonical base64");
        return Convert.ToBase64String(SHA256.HashData(spki)) == hint
            ? PublicKey.FromSpki(spki)
            : throw new FormatException("it names another key than the line's hint");
    }
}
