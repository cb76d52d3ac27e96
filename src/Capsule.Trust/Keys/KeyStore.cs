using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Keys;

/// <summary>The keys of a user, <c>CAPSULE_HOME/keys</c>: <c>ID.key</c> (encrypted, mode 0600) beside <c>ID.pub</c>.</summary>
/// <param name="Folder">Absolute path; made when the first key is.</param>
public sealed record KeyStore(string Folder)
{
    /// <summary>Shorter passphrases fall to guessing, whatever the iteration count.</summary>
    public const int MinimumPassphrase = 12;

    /// <summary>The key store below a CAPSULE_HOME.</summary>
    public static KeyStore In(string capsuleHome) => new(Path.Combine(capsuleHome, "keys"));

    public string PrivatePath(string id) => Path.Combine(Folder, id + ".key");

    public string PublicPath(string id) => Path.Combine(Folder, id + ".pub");

    /// <summary>True for 1 to 64 of letters, digits, '-', '_' and '.', beginning with a letter or digit.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>The ids of all keys, sorted.</summary>
    public IReadOnlyList<string> List() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.pub").Select(f => Path.GetFileNameWithoutExtension(f)).Where(IsId).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The public half of a key (CAP3202, CAP3216).</summary>
    public Result<KnownKey> Find(string id)
    {
        if (!IsId(id) || !File.Exists(PublicPath(id)))
        {
            return KeyDiagnostics.NoSuchKey.Now(id);
        }

        var read = PublicKeyFile.ReadFile(PublicPath(id));
        return read.Succeeded ? read.Value[0] : Result.Failed<KnownKey>(read.Diagnostics);
    }

    /// <summary>Makes a key (CAP3201, CAP3215, CAP3217, CAP3218). The public half is written last: a key without it is no key.</summary>
    public Result<KnownKey> Create(string id, KeyPurpose purpose, Secret passphrase) =>
        Create(id, purpose, passphrase, SignatureAlgorithms.EcdsaP256);

    /// <inheritdoc cref="Create(string, KeyPurpose, Secret)"/>
    public Result<KnownKey> Create(string id, KeyPurpose purpose, Secret passphrase, ISignatureAlgorithm algorithm)
    {
        if (!IsId(id))
        {
            return KeyDiagnostics.ReferenceMalformed.Now("The id of the new key");
        }

        if (passphrase.Length < MinimumPassphrase)
        {
            return KeyDiagnostics.PassphraseWeak.Now(passphrase.Length, MinimumPassphrase);
        }

        if (File.Exists(PrivatePath(id)) || File.Exists(PublicPath(id)))
        {
            return KeyDiagnostics.KeyExists.Now(id);
        }

        try
        {
            using var key = algorithm.Generate();
            var known = new KnownKey(key.PublicKey, purpose);
            PrivateFile.CreateFolder(Folder);
            PrivateFile.Write(PrivatePath(id), KeyFile.Write(key, purpose, passphrase));
            PrivateFile.Write(PublicPath(id), PublicKeyFile.Write(known), isPublic: true);
            return known;
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return KeyDiagnostics.FileNotWritten.Now(PrivatePath(id), problem.Message);
        }
    }
}
