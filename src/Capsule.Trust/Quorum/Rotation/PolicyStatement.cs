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
    public static byte[] Of(TrustPolicy policy) => Of(policy.Sha256, policy.KeyFiles.Select(k => (k.File, k.Key.Fingerprint)), policy.Version);

    /// <param name="sha256">Of the file without byte order mark, in lower-case hex.</param>
    /// <param name="keyFiles">The keys that it takes from files, in its order, by fingerprint.</param>
    /// <param name="version">Of the file.</param>
    public static byte[] Of(string sha256, IEnumerable<(string File, string Fingerprint)> keyFiles, long version) => StatementWriter.Write(
        [Subject.Sha256(FileSubject, sha256), .. keyFiles.Select(k => Subject.Sha256(k.File, k.Fingerprint["sha256:".Length..]))],
        PredicateType,
        json =>
        {
            json.WriteStartObject();
            json.WriteNumber("version", version);
            json.WriteString("role", RootQuorum.Role);
            json.WriteEndObject();
        });
}
