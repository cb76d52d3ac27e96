using System.Security.Cryptography;
using System.Text;

namespace Capsule.Trust.Keys;

/// <summary>
/// A passphrase or token in memory. It has no ToString, no equality and no serialisable member; disposing overwrites it.
/// Only <see cref="Use{T}"/> sees the bytes.
/// </summary>
public sealed class Secret : IDisposable
{
    private readonly byte[] _utf8;

    private Secret(byte[] utf8) => _utf8 = utf8;

    /// <summary>Characters in it, for a rule about its length.</summary>
    internal int Length => Encoding.UTF8.GetCharCount(_utf8);

    /// <summary>Takes a copy; the caller clears its own.</summary>
    public static Secret FromText(ReadOnlySpan<char> text)
    {
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        return new Secret(utf8);
    }

    /// <summary>Takes a copy of UTF-8 bytes; the caller clears its own.</summary>
    public static Secret FromUtf8(ReadOnlySpan<byte> utf8) => new(utf8.ToArray());

    /// <summary>Hands the UTF-8 bytes to code that needs them.</summary>
    public T Use<T>(Func<ReadOnlySpan<byte>, T> use) => use(_utf8);

    /// <summary>Compares without telling by its time where the two differ.</summary>
    internal bool IsSame(Secret other) => CryptographicOperations.FixedTimeEquals(_utf8, other._utf8);

    public void Dispose() => CryptographicOperations.ZeroMemory(_utf8);
}
