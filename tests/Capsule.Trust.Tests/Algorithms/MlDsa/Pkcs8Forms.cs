using System.Formats.Asn1;
using Capsule.Trust.Algorithms.MlDsa;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

/// <summary>The forms a private key may have inside PKCS#8 (RFC 9881 6, and two that older libraries wrote).</summary>
internal static class Pkcs8Forms
{
    private static readonly Asn1Tag SeedTag = new(TagClass.ContextSpecific, 0);

    public static byte[] Seed(MlDsaAlgorithm algorithm, byte[] seed) => Wrap(algorithm, w => w.WriteOctetString(seed, SeedTag));

    public static byte[] Expanded(MlDsaAlgorithm algorithm, byte[] expanded) => Wrap(algorithm, w => w.WriteOctetString(expanded));

    public static byte[] Both(MlDsaAlgorithm algorithm, byte[] seed, byte[] expanded) => Wrap(algorithm, w =>
    {
        using var sequence = w.PushSequence();
        w.WriteOctetString(seed);
        w.WriteOctetString(expanded);
    });

    public static byte[] Bare(MlDsaAlgorithm algorithm, byte[] seed) => PrivateKeyInfo.Write(algorithm.ObjectIdentifier, seed);

    public static byte[] Wrap(MlDsaAlgorithm algorithm, Action<AsnWriter> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        content(writer);
        return PrivateKeyInfo.Write(algorithm.ObjectIdentifier, writer.Encode());
    }
}
