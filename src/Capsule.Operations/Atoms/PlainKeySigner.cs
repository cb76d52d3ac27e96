using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Operations.Atoms;

/// <summary>Signs with a key from a file that is not encrypted: for tests, and only where the user's settings allow it.</summary>
internal sealed class PlainKeySigner(IPrivateKey key) : IKeySigner
{
    private const int MaximumLength = 64 * 1024;

    public PublicKey PublicKey => key.PublicKey;

    public KeyPurpose Purpose => KeyPurpose.Atom;

    /// <summary>Null when the file has no plain PKCS#8 key in PEM.</summary>
    public static PlainKeySigner? Open(string path)
    {
        try
        {
            var text = Encoding.ASCII.GetString(RegularFile.ReadAllBytes(path, MaximumLength));
            if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] != "PRIVATE KEY")
            {
                return null;
            }

            var plain = Convert.FromBase64String(text[fields.Base64Data]);
            var key = SignatureAlgorithms.ImportPkcs8(plain);
            CryptographicOperations.ZeroMemory(plain);
            return key is null ? null : new PlainKeySigner(key);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public Task<Result<byte[]>> SignAsync(SigningMessage message, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<Result<byte[]>>(message.Sign(key));
    }

    public void Dispose() => key.Dispose();
}
