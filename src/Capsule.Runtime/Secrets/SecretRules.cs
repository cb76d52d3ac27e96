using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;

namespace Capsule.Runtime.Secrets;

/// <summary>Which names and values are taken as secrets, and how one is made.</summary>
public static class SecretRules
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>Shorter values are not masked: they would be found in half of all lines.</summary>
    public const int ShortestMasked = 4;

    private const int GeneratedLength = 40;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>True for the grammar of manifest ids (specs: kits 1.1), and for several with dots between them: those of dependencies.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 128 && char.IsAsciiLetterLower(text[0]) && text[^1] is not ('-' or '_' or '.')
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');

    /// <summary>Why a value is not taken (CAP5707); null when it is.</summary>
    /// <param name="name">Its id.</param>
    /// <param name="value">The value.</param>
    /// <param name="line">True for what goes into a header or is a password: one line of visible characters.</param>
    public static Diagnostic? Problem(string name, Secret value, bool line)
    {
        var problem = value.Use(bytes => Problem(bytes, line));
        return problem is null ? null : SecretDiagnostics.BadValue.Now(name, problem);
    }

    /// <summary>A warning for a value that is too short to be masked (CAP5708); null for others.</summary>
    public static Diagnostic? Weakness(string name, Secret value) =>
        value.Use(bytes => Encoding.UTF8.GetCharCount(bytes) < ShortestMasked) ? SecretDiagnostics.NotMasked.Now(name, ShortestMasked) : null;

    /// <summary>A password of 40 letters and digits, 238 bits.</summary>
    public static Secret Generate()
    {
        var text = RandomNumberGenerator.GetString(Alphabet, GeneratedLength);
        return Secret.FromText(text);
    }

    private static string? Problem(ReadOnlySpan<byte> bytes, bool line) =>
        bytes.IsEmpty ? "it is empty"
        : bytes.Length > Longest ? "it is larger than 64 KiB"
        : !System.Text.Unicode.Utf8.IsValid(bytes) ? "it is not UTF-8"
        : bytes.Contains((byte)0) ? "it holds a NUL"
        : line && bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? "it is not one line of visible ASCII"
        : null;
}
