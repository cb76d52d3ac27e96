using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Keys;

/// <summary>
/// Public keys in PEM, each under the line that states its purpose. cosign, OpenSSL and others read the same file. One
/// file may hold several keys: the keys of a package's signers, for people who see them for the first time.
/// </summary>
public static class PublicKeyFile
{
    /// <summary>Keys at most in one file.</summary>
    public const int MaximumKeys = 64;

    private const int MaximumLength = 1024 * 1024;

    public static byte[] Write(params IEnumerable<KnownKey> keys)
    {
        var text = new StringBuilder();
        foreach (var known in keys)
        {
            text.Append($"purpose: {known.Purpose.Name()}\n{PemEncoding.WriteString("PUBLIC KEY", known.Key.Spki)}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads every key (CAP3216). A key without a stated purpose is for releases.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    public static Result<IReadOnlyList<KnownKey>> Read(ReadOnlySpan<byte> content, string name)
    {
        if (content.Length > MaximumLength || !Ascii.IsValid(content))
        {
            return KeyDiagnostics.PublicKeyMalformed.Now(name, "it is not PEM text");
        }

        var keys = new List<KnownKey>();
        var text = Encoding.ASCII.GetString(content);
        while (PemEncoding.TryFind(text, out var fields))
        {
            if (text[fields.Label] != "PUBLIC KEY" || keys.Count == MaximumKeys)
            {
                return KeyDiagnostics.PublicKeyMalformed.Now(name, "it holds something other than at most 64 public keys");
            }

            if (PublicKey.FromSpki(Convert.FromBase64String(text[fields.Base64Data])) is not { } key)
            {
                return KeyDiagnostics.PublicKeyMalformed.Now(name, "it holds a key of a kind that is not known here");
            }

            var preamble = text[..fields.Location.Start.Value];
            if (PurposeLine.Find(preamble) is not { } purpose)
            {
                if (preamble.Contains("purpose:", StringComparison.Ordinal))
                {
                    return KeyDiagnostics.PublicKeyMalformed.Now(name, "it states a purpose that is not known");
                }

                purpose = KeyPurpose.Release;
            }

            keys.Add(new KnownKey(key, purpose));
            text = text[fields.Location.End.Value..];
        }

        return keys.Count > 0 ? keys : KeyDiagnostics.PublicKeyMalformed.Now(name, "it holds no key");
    }

    /// <summary>Reads the file of that path (CAP3216).</summary>
    public static Result<IReadOnlyList<KnownKey>> ReadFile(string path)
    {
        try
        {
            return Read(RegularFile.ReadAllBytes(path, MaximumLength), path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return KeyDiagnostics.PublicKeyMalformed.Now(path, problem.Message);
        }
    }
}
