using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Keys;

/// <summary>
/// A private key in a file: encrypted PKCS#8 in PEM (PBES2, PBKDF2-HMAC-SHA256, AES-256-CBC), which OpenSSL reads too,
/// under the line that states its purpose. Mode 0600.
/// </summary>
internal static class KeyFile
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA256; about a fifth of a second on a small machine.</summary>
    public const int Iterations = 600_000;

    private const int MaximumLength = 64 * 1024;
    private const string Label = "ENCRYPTED PRIVATE KEY";

    public static byte[] Write(IPrivateKey key, KeyPurpose purpose, Secret passphrase)
    {
        var plain = key.ExportPkcs8();
        try
        {
            var encrypted = passphrase.Use(secret => EncryptedPrivateKey.Encrypt(plain, secret, Iterations));
            return Encoding.ASCII.GetBytes($"purpose: {purpose.Name()}\n{PemEncoding.WriteString(Label, encrypted)}\n");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Opens the key. Throws <see cref="RefusedException"/> (CAP3202 to CAP3206).</summary>
    public static FileKeySigner Open(string path, Secret passphrase)
    {
        var (preamble, encrypted) = Read(path);
        var purpose = PurposeLine.Find(preamble) ?? throw Malformed(path, "no line above the key states its purpose, for example 'purpose: release'");
        return new FileKeySigner(Decrypt(path, encrypted, passphrase), purpose);
    }

    /// <summary>
    /// Opens a key that another program may have written, such as OpenSSL: without a stated purpose, which is null then. The caller
    /// disposes it. Throws <see cref="RefusedException"/> (CAP3202 to CAP3206).
    /// </summary>
    public static (IPrivateKey Key, KeyPurpose? Purpose) OpenForeign(string path, Secret passphrase)
    {
        var (preamble, encrypted) = Read(path);
        var purpose = PurposeLine.Find(preamble);
        return purpose is null && PurposeLine.IsIn(preamble)
            ? throw Malformed(path, "the line above the key states no purpose that is known here, or more than one")
            : (Decrypt(path, encrypted, passphrase), purpose);
    }

    /// <summary>The bytes of a key file, once it is known to be one. Throws <see cref="RefusedException"/> (CAP3202 to CAP3205).</summary>
    public static byte[] Copy(string path)
    {
        Read(path);
        return PrivateFile.Read(path, MaximumLength);
    }

    private static IPrivateKey Decrypt(string path, EncryptedPrivateKey encrypted, Secret passphrase)
    {
        if (passphrase.Use(secret => encrypted.Decrypt(secret)) is not { } plain)
        {
            throw new RefusedException(KeyDiagnostics.WrongPassphrase.Now(path));
        }

        try
        {
            return SignatureAlgorithms.ImportPkcs8(plain) ?? throw Malformed(path, NoKeyHere(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static string NoKeyHere(ReadOnlySpan<byte> plain)
    {
        PrivateKeyInfo.TryRead(plain, out var info);
        return $"it holds no sound key of these kinds: {string.Join(", ", SignatureAlgorithms.All.Select(a => a.Name))} (its algorithm is {info.Algorithm})";
    }

    private static (string Preamble, EncryptedPrivateKey Key) Read(string path)
    {
        var text = ReadText(path);
        if (!PemEncoding.TryFind(text, out var fields))
        {
            throw Malformed(path, "it has no PEM block");
        }

        var label = text[fields.Label];
        if (label != Label)
        {
            throw label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)
                ? new RefusedException(KeyDiagnostics.NotEncrypted.Now(path))
                : Malformed(path, "its PEM block is not an encrypted private key");
        }

        var key = EncryptedPrivateKey.Read(Convert.FromBase64String(text[fields.Base64Data]))
            ?? throw Malformed(path, $"it is not encrypted with PBES2, PBKDF2-HMAC (at most {Pbes2.MaximumIterations} rounds) and AES-CBC");
        return (text[..fields.Location.Start.Value], key);
    }

    private static string ReadText(string path)
    {
        try
        {
            return Encoding.ASCII.GetString(PrivateFile.Read(path, MaximumLength));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException(KeyDiagnostics.NoSuchKey.Now(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Malformed(path, problem.Message);
        }
    }

    private static RefusedException Malformed(string path, string why) => new(KeyDiagnostics.FileMalformed.Now(path, why));
}
