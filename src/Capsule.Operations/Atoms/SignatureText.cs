namespace Capsule.Operations.Atoms;

/// <summary>The base64 of a signature in an <c>atom.toml</c>.</summary>
internal static class SignatureText
{
    /// <summary>White space inside is tolerated; everything else has to be the one base64 of its bytes. Null otherwise.</summary>
    public static byte[]? Decode(string value)
    {
        var text = string.Concat(value.Where(c => c is not (' ' or '\t' or '\r' or '\n')));
        var buffer = new byte[text.Length];
        return text.Length <= 16 * 1024 && Convert.TryFromBase64String(text, buffer, out var length) && Convert.ToBase64String(buffer.AsSpan(0, length)) == text
            ? buffer[..length]
            : null;
    }
}
