namespace Capsule.Trust.Quorum.Counting;

/// <summary>
/// A public key as its bytes, in one form throughout a count (SubjectPublicKeyInfo in DER, or a scheme's raw key). Two are equal
/// when their bytes are, so that no trick with names or ids makes one key two (specs: anchors 2.3, rule 2).
/// </summary>
public sealed class KeyBytes : IEquatable<KeyBytes>
{
    private readonly byte[] _bytes;
    private readonly int _hash;

    public KeyBytes(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes.ToArray();
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        _hash = hash.ToHashCode();
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    public bool Equals(KeyBytes? other) => other is not null && _hash == other._hash && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as KeyBytes);

    public override int GetHashCode() => _hash;
}
