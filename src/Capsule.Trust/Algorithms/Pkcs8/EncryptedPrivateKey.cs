using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.Pkcs8;

/// <summary>
/// EncryptedPrivateKeyInfo (RFC 5958 3) with PBES2: what stands under <c>BEGIN ENCRYPTED PRIVATE KEY</c>. Written with
/// PBKDF2-HMAC-SHA256 and AES-256-CBC; HMAC-SHA1, HMAC-SHA512 and the shorter AES keys are read too.
/// </summary>
internal sealed class EncryptedPrivateKey
{
    private readonly Pbes2 _scheme;
    private readonly byte[] _data;

    private EncryptedPrivateKey(Pbes2 scheme, byte[] data) => (_scheme, _data) = (scheme, data);

    /// <summary>Encrypts a <see cref="PrivateKeyInfo"/>; DER.</summary>
    public static byte[] Encrypt(ReadOnlySpan<byte> privateKeyInfo, ReadOnlySpan<byte> passphrase, int iterations)
    {
        var scheme = Pbes2.New(iterations);
        byte[] data;
        using (var aes = MakeAes(scheme, passphrase))
        {
            data = aes.EncryptCbc(privateKeyInfo, scheme.Iv);
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            scheme.Write(writer);
            writer.WriteOctetString(data);
        }

        return writer.Encode();
    }

    /// <summary>Reads the structure without opening it; null when it is malformed, of another scheme or beyond a bound.</summary>
    public static EncryptedPrivateKey? Read(ReadOnlySpan<byte> der)
    {
        try
        {
            var outer = new DerReader(der);
            var sequence = outer.ReadSequence();
            outer.ExpectEnd();
            var scheme = Pbes2.Read(sequence.ReadSequence());
            var data = sequence.ReadOctetString();
            sequence.ExpectEnd();
            return scheme is null || data.Length is 0 or > PrivateKeyInfo.MaximumLength || data.Length % 16 != 0
                ? null
                : new EncryptedPrivateKey(scheme, data.ToArray());
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>
    /// The <see cref="PrivateKeyInfo"/> in DER; null when the passphrase is wrong. The caller overwrites the bytes.
    /// </summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> passphrase)
    {
        var buffer = new byte[_data.Length];
        try
        {
            using var aes = MakeAes(_scheme, passphrase);
            var length = aes.DecryptCbc(_data, _scheme.Iv, buffer);

            // One wrong passphrase in 256 leaves a padding that looks right.
            return PrivateKeyInfo.TryRead(buffer.AsSpan(0, length), out _) ? buffer[..length] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    private static Aes MakeAes(Pbes2 scheme, ReadOnlySpan<byte> passphrase)
    {
        var key = new byte[scheme.KeyLength];
        Rfc2898DeriveBytes.Pbkdf2(passphrase, scheme.Salt, key, scheme.Iterations, scheme.Prf);
        var aes = Aes.Create();
        aes.SetKey(key);
        CryptographicOperations.ZeroMemory(key);
        return aes;
    }
}
