using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Keys;

/// <summary>Recognises a key where only the name of a key belongs, without ever repeating it.</summary>
public static class KeyMaterial
{
    /// <summary>PEM; the same in base64, as CI systems store it; the words of its label.</summary>
    private static readonly string[] Marks = ["-----BEGIN", "LS0tLS1CRUdJTi", "PRIVATE KEY"];

    /// <summary>CAP3200 when the value looks like key material, else null.</summary>
    /// <param name="where">The property or argument that holds the value, for the message.</param>
    /// <param name="value">What it holds.</param>
    public static Diagnostic? Guard(string where, string value) =>
        Marks.Any(mark => value.Contains(mark, StringComparison.Ordinal)) || value.AsSpan().ContainsAny('\r', '\n') || LooksLikeDer(value.Trim())
        || IsPrivateKey(value.Trim())
            ? KeyDiagnostics.KeyMaterial.Now(where)
            : null;

    /// <summary>Keys of Ed25519 and seeds of ML-DSA are so short that their base64 could pass for an id.</summary>
    private static bool IsPrivateKey(string value)
    {
        var bytes = new byte[64];
        var isKey = value.Length <= 88
            && Convert.TryFromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '='), bytes, out var length)
            && PrivateKeyInfo.TryRead(bytes.AsSpan(0, length), out _);
        CryptographicOperations.ZeroMemory(bytes);
        return isKey;
    }

    /// <summary>Base64 of a long DER sequence begins with "MI".</summary>
    private static bool LooksLikeDer(string value) =>
        value.Length >= 64 && value.StartsWith("MI", StringComparison.Ordinal) && System.Buffers.Text.Base64.IsValid(value);
}
