using System.Formats.Asn1;

namespace Capsule.Trust.Algorithms.Pkcs8;

/// <summary>
/// A private key in PKCS#8, DER: PrivateKeyInfo (RFC 5208) and OneAsymmetricKey (RFC 5958), which adds the public key. A view of
/// the caller's bytes: nothing secret is copied, and whoever owns the bytes overwrites them.
/// </summary>
internal readonly ref struct PrivateKeyInfo
{
    /// <summary>An expanded ML-DSA-87 key with its seed, its public key and all headers fits well; protects from absurd input.</summary>
    public const int MaximumLength = 16 * 1024;

    private static readonly Asn1Tag Attributes = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag PublicKeyTag = new(TagClass.ContextSpecific, 1);

    /// <summary>Object identifier of the algorithm, dotted.</summary>
    public required string Algorithm { get; init; }

    /// <summary>DER of the algorithm's parameters; empty where they are absent.</summary>
    public required ReadOnlySpan<byte> Parameters { get; init; }

    /// <summary>Content of the privateKey octet string; its form is the algorithm's.</summary>
    public required ReadOnlySpan<byte> PrivateKey { get; init; }

    /// <summary>The public key that was stored along (version 2), raw; empty where none was. Only good for comparing.</summary>
    public required ReadOnlySpan<byte> PublicKey { get; init; }

    /// <summary>Reads the one structure that fills the bytes; false when they are anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, out PrivateKeyInfo info)
    {
        info = default;
        if (der.Length > MaximumLength)
        {
            return false;
        }

        try
        {
            var outer = new DerReader(der);
            var sequence = outer.ReadSequence();
            outer.ExpectEnd();
            var version = sequence.ReadSmallInteger();
            var algorithm = sequence.ReadSequence();
            var oid = algorithm.ReadObjectIdentifier();
            var parameters = algorithm.ReadRest();
            var key = sequence.ReadOctetString();
            if (sequence.Has(Attributes))
            {
                sequence.ReadEncoded();
            }

            var publicKey = version == 1 ? sequence.ReadBitString(PublicKeyTag) : default;
            sequence.ExpectEnd();
            info = new PrivateKeyInfo { Algorithm = oid, Parameters = parameters, PrivateKey = key, PublicKey = publicKey };
            return version is 0 or 1;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Writes version 1, without a public key; the algorithm has no parameters. The caller overwrites the bytes.</summary>
    public static byte[] Write(string algorithm, ReadOnlySpan<byte> privateKey)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(algorithm);
            }

            writer.WriteOctetString(privateKey);
        }

        var encoded = writer.Encode();
        writer.Reset();
        return encoded;
    }
}
