using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Quorum.Rotation;

/// <summary>
/// The statement that signatures of a trust file are over: an in-toto Statement v1 whose first subject is the file, and whose further subjects
/// are the keys that it takes from files, by fingerprint, so that nothing it says can change under its signatures (docs: trust.md).
/// </summary>
internal static class PolicyStatement
{
    /// <summary>Never a release: a line of one kind cannot pass as the other.</summary>
    public const string PredicateType = "urn:capsule:trust-policy:1";

    private const string FileSubject = "trust.toml";

    /// <summary>The bytes, a function of the policy alone.</summary>
    public static byte[] Of(TrustPolicy policy) => StatementWriter.Write(
        [Subject.Sha256(FileSubject, policy.Sha256), .. policy.KeyFiles.Select(k => Subject.Sha256(k.File, k.Key.Fingerprint["sha256:".Length..]))],
        PredicateType,
        json =>
        {
            json.WriteStartObject();
            json.WriteNumber("version", policy.Version);
            json.WriteString("role", RootQuorum.Role);
            json.WriteEndObject();
        });
}
