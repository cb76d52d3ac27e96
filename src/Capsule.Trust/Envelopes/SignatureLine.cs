using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Envelopes;

/// <summary>One line of a <c>.sigstore.jsonl</c> file, read and well-formed, not yet verified (specs: trust 2).</summary>
public sealed record SignatureLine
{
    /// <summary>The line as it stands in the file, without its line feed.</summary>
    public required string Json { get; init; }

    /// <summary>Where it stands; starts at 1.</summary>
    public int Number { get; init; }

    /// <summary>Base64 SHA-256 of the signer's SubjectPublicKeyInfo, or empty.</summary>
    public required string Hint { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The bytes the signature is over; null for a message signature, whose message is elsewhere.</summary>
    public ReadOnlyMemory<byte>? Message { get; init; }

    /// <summary>The envelope's payload type; null for a message signature.</summary>
    public string? PayloadType { get; init; }

    /// <summary>The statement of an in-toto payload; null for anything else.</summary>
    public Statement? Statement { get; init; }

    /// <summary>The release this line speaks of; null when it is another kind of line.</summary>
    public ReleasePredicate? Release { get; init; }

    /// <summary>The public key this line carries, made with its private half if it verifies; null when it is another kind of line.</summary>
    internal PublicKey? Key { get; init; }

    /// <summary>What the line is, in words, for people.</summary>
    public string Description => (Release, Statement, PayloadType) switch
    {
        ({ } release, _, _) => $"a release statement in the role '{release.Role}'",
        (_, { PredicateType: SignerKeyPredicate.Type }, _) => "the public key of a signer",
        (_, { } statement, _) => $"a statement of type {statement.PredicateType}",
        (_, _, { } type) => $"an envelope of type {type}",
        _ => "a message signature",
    };
}
