using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Runtime.Secrets;

/// <summary>
/// The key of the stores, 32 random bytes in <c>store.key</c>: AES-256-GCM (NIST SP 800-38D) with a random nonce for every value. A sealed
/// value is nonce, content and tag in a row. The place and the name of a value are its associated data, so that it opens nowhere else.
/// </summary>
internal sealed class StoreKey : IDisposable
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const string FileName = "store.key";

    private readonly byte[] _key;

    private StoreKey(byte[] key) => _key = key;

    /// <summary>The key of a folder; null when it has none yet. Throws <see cref="RefusedException"/> (CAP5700, CAP5701) and <see cref="IOException"/>.</summary>
    public static StoreKey? Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return PrivatePlace.Read(path, 4 * KeyLength) is not { } key ? null
            : key.Length == KeyLength ? new StoreKey(key)
            : throw new RefusedException(SecretDiagnostics.Damaged.Now($"'{path}'", "it is no key"));
    }

    /// <summary>The key of a folder, made when it has none. Whoever calls holds the turn of the folder.</summary>
    public static StoreKey OpenOrMake(string folder)
    {
        if (Open(folder) is { } there)
        {
            return there;
        }

        var key = RandomNumberGenerator.GetBytes(KeyLength);
        WholeFile.Write(Path.Combine(folder, FileName), key, PrivatePlace.FileMode, replace: false);
        return new StoreKey(key);
    }

    public byte[] Seal(ReadOnlySpan<byte> value, SecretPlace place, string name)
    {
        var box = new byte[NonceLength + value.Length + TagLength];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Encrypt(box.AsSpan(0, NonceLength), value, box.AsSpan(NonceLength, value.Length), box.AsSpan(NonceLength + value.Length), Bound(place, name));
        return box;
    }

    /// <summary>The value, which the caller clears; null when the box was not sealed with this key for this place and name.</summary>
    public byte[]? Unseal(ReadOnlySpan<byte> box, SecretPlace place, string name)
    {
        var length = box.Length - NonceLength - TagLength;
        if (length < 0)
        {
            return null;
        }

        var value = new byte[length];
        using var cipher = new AesGcm(_key, TagLength);
        try
        {
            cipher.Decrypt(box[..NonceLength], box.Slice(NonceLength, length), box[(NonceLength + length)..], value, Bound(place, name));
            return value;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private static byte[] Bound(SecretPlace place, string name) => Encoding.UTF8.GetBytes($"capsule-secrets/1\0{place.Name}\0{name}");
}
