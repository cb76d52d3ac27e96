using System.Text;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Tests;

/// <summary>A signed release made once by other software, with each of its parts.</summary>
internal static class TrustVector
{
    public const string Identity = "capsule-tree/1:d51bd6efdf18c457f8d438f3ec6044b2adc926c05fc74c382312b4520322e782";

    public const string Statement =
        """{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"capsule-tree/1","digest":{"sha256":"d51bd6efdf18c457f8d438f3ec6044b2adc926c05fc74c382312b4520322e782"}}],"predicateType":"https://in-toto.io/attestation/release/v0.1","predicate":{"family":"capsule","purl":"pkg:capsule/acme/hello@1.0.0","role":"release"}}""";

    public const string EncodedSha256 = "2b0f1ce22fcac952d324711dec4abbc56990381a18bd8854a0f1a1c7568ef384";

    public const string Spki =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAET1lwRSHh6GdVrxhhWVooJtpw28fv1oUQTBKlGqqyLsrhvO7dCgquP7pYhBVWcn20pRgOsatRN3xOFsWiCu77EQ==";

    public const string Hint = "lhxD0PF10j3qUwgbuTI/ASe+/zgdnrY015ac6weWF9w=";

    public const string Signature =
        "MEUCIQDz9YR2ZLU145ZstbPrqddbo8YMXdf8wdmqonF6ZXuyzQIgWs3Cy+fBhH1H1vU6f9QymdpFieF+nqC6d4NIIeeuGQw=";

    public static string Line { get; } =
        """{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":"HINT"}},"dsseEnvelope":{"payload":"PAYLOAD","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"SIG"}]}}"""
            .Replace("HINT", Hint, StringComparison.Ordinal)
            .Replace("PAYLOAD", Convert.ToBase64String(Encoding.UTF8.GetBytes(Statement)), StringComparison.Ordinal)
            .Replace("SIG", Signature, StringComparison.Ordinal);

    public static PublicKey Key { get; } = PublicKey.FromSpki(Convert.FromBase64String(Spki))!;
}
