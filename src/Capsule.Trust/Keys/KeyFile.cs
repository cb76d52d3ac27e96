using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;

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
        var pkcs8 = passphrase.Use(secret => key.ExportEncrypted(secret, Iterations));
        return Encoding.ASCII.GetBytes($"purpose: {purpose.Name()}\n{PemEncoding.WriteString(Label, pkcs8)}\n");
    }

    /// <summary>Opens the key. Throws <see cref="RefusedException"/> (CAP3202 to CAP3206).</summary>
    public static FileKeySigner Open(string path, Secret passphrase)
    {
        var (purpose, pkcs8) = Read(path);
        foreach (var algorithm in SignatureAlgorithms.All)
        {
            if (passphrase.Use(secret => algorithm.ImportEncrypted(pkcs8, secret)) is { } key)
            {
                return new FileKeySigner(key, purpose);
            }
        }

        throw new RefusedException(KeyDiagnostics.WrongPassphrase.Now(path, string.Join(", ", SignatureAlgorithms.All.Select(a => a.Name))));
    }

    private static (KeyPurpose Purpose, byte[] Pkcs8) Read(string path)
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

        var purpose = PurposeLine.Find(text[..fields.Location.Start.Value])
            ?? throw Malformed(path, "no line above the key states its purpose, for example 'purpose: release'");
        return (purpose, Convert.FromBase64String(text[fields.Base64Data]));
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
