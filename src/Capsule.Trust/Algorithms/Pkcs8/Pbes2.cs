using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.Pkcs8;

/// <summary>Parameters of PBES2 with PBKDF2 and AES-CBC (RFC 8018 A.2, A.4, B.2.5); other functions are not read.</summary>
/// <param name="Prf">The hash of PBKDF2's HMAC.</param>
/// <param name="KeyLength">Bytes of the AES key.</param>
/// <param name="Iterations">Rounds of PBKDF2, 1 to <see cref="MaximumIterations"/>.</param>
/// <param name="Salt">Any bytes.</param>
/// <param name="Iv">16 bytes.</param>
internal sealed record Pbes2(HashAlgorithmName Prf, int KeyLength, int Iterations, byte[] Salt, byte[] Iv)
{
    /// <summary>A few seconds of work: a file that claims more would only hold us up.</summary>
    public const int MaximumIterations = 10_000_000;

    private const string Scheme = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";
    private const string HmacSha1 = "1.2.840.113549.2.7";
    private const string HmacSha256 = "1.2.840.113549.2.9";
    private const string HmacSha512 = "1.2.840.113549.2.11";
    private const string Aes128Cbc = "2.16.840.1.101.3.4.1.2";
    private const string Aes192Cbc = "2.16.840.1.101.3.4.1.22";
    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private const int MaximumSalt = 128;
    private const int Block = 16;

    /// <summary>What new files use: HMAC-SHA-256, AES-256, a fresh salt and start vector.</summary>
    public static Pbes2 New(int iterations) =>
        new(HashAlgorithmName.SHA256, 32, iterations, RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(Block));

    /// <summary>Reads the content of an AlgorithmIdentifier; null for another scheme or a bound that is not kept.</summary>
    public static Pbes2? Read(DerReader algorithm)
    {
        if (algorithm.ReadObjectIdentifier() != Scheme)
        {
            return null;
        }

        var parameters = algorithm.ReadSequence();
        algorithm.ExpectEnd();
        var derivation = parameters.ReadSequence();
        var encryption = parameters.ReadSequence();
        parameters.ExpectEnd();
        if (derivation.ReadObjectIdentifier() != Pbkdf2)
        {
            return null;
        }

        var inner = derivation.ReadSequence();
        derivation.ExpectEnd();
        var salt = inner.ReadOctetString();
        var iterations = inner.ReadSmallInteger();
        int? stated = inner.Has(Asn1Tag.Integer) ? inner.ReadSmallInteger() : null;
        var prf = inner.IsAtEnd ? HashAlgorithmName.SHA1 : ReadPrf(inner.ReadSequence());
        inner.ExpectEnd();

        var keyLength = encryption.ReadObjectIdentifier() switch { Aes128Cbc => 16, Aes192Cbc => 24, Aes256Cbc => 32, _ => 0 };
        var iv = encryption.ReadRest();
        return prf is not { } hash || keyLength == 0 || (stated ?? keyLength) != keyLength
            || salt.Length > MaximumSalt || iterations is < 1 or > MaximumIterations
            ? null
            : new Pbes2(hash, keyLength, iterations, salt.ToArray(), ReadIv(iv));
    }

    /// <summary>Writes the AlgorithmIdentifier of <see cref="New"/>'s functions.</summary>
    public void Write(AsnWriter writer)
    {
        using var algorithm = writer.PushSequence();
        writer.WriteObjectIdentifier(Scheme);
        using var parameters = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Pbkdf2);
            using var derivation = writer.PushSequence();
            writer.WriteOctetString(Salt);
            writer.WriteInteger(Iterations);
            using var prf = writer.PushSequence();
            writer.WriteObjectIdentifier(HmacSha256);
            writer.WriteNull();
        }

        using var encryption = writer.PushSequence();
        writer.WriteObjectIdentifier(Aes256Cbc);
        writer.WriteOctetString(Iv);
    }

    private static HashAlgorithmName? ReadPrf(DerReader algorithm)
    {
        HashAlgorithmName? hash = algorithm.ReadObjectIdentifier() switch
        {
            HmacSha1 => HashAlgorithmName.SHA1,
            HmacSha256 => HashAlgorithmName.SHA256,
            HmacSha512 => HashAlgorithmName.SHA512,
            _ => null,
        };
        if (!algorithm.IsAtEnd)
        {
            algorithm.ReadNull();
        }

        algorithm.ExpectEnd();
        return hash;
    }

    private static byte[] ReadIv(ReadOnlySpan<byte> parameters)
    {
        var iv = new DerReader(parameters).ReadOctetString();
        return iv.Length == Block ? iv.ToArray() : throw new AsnContentException();
    }
}
