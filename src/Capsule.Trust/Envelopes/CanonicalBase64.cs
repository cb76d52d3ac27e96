namespace Capsule.Trust.Envelopes;

/// <summary>Base64 (RFC 4648 4) in the one form that decodes and encodes to itself.</summary>
internal static class CanonicalBase64
{
    /// <summary>The bytes, or null when the text is not what <see cref="Convert.ToBase64String(byte[])"/> would write for them.</summary>
    public static byte[]? Decode(string text)
    {
        var buffer = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, buffer, out var length) && Convert.ToBase64String(buffer, 0, length) == text
            ? buffer[..length]
            : null;
    }
}
