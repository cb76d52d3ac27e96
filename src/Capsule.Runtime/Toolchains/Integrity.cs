using System.Diagnostics.CodeAnalysis;

namespace Capsule.Runtime.Toolchains;

/// <summary>A sha512 value in the form npm writes it: <c>sha512-</c> and base64 (W3C Subresource Integrity).</summary>
internal sealed record Integrity(string Text)
{
    private const string Prefix = "sha512-";

    /// <summary>Enough of the digest to name a folder.</summary>
    public string Short => Convert.ToHexStringLower(Convert.FromBase64String(Text[Prefix.Length..]))[..32];

    /// <summary>Takes the sha512 value out of a text that may name several algorithms.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Integrity? integrity)
    {
        integrity = null;
        var value = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(v => v.StartsWith(Prefix, StringComparison.Ordinal))?.Split('?')[0];
        Span<byte> digest = stackalloc byte[64];
        if (value is null || !Convert.TryFromBase64String(value[Prefix.Length..], digest, out var length) || length != 64)
        {
            return false;
        }

        integrity = Of(digest);
        return true;
    }

    public static Integrity Of(ReadOnlySpan<byte> digest) => new(Prefix + Convert.ToBase64String(digest));

    public override string ToString() => Text;
}
