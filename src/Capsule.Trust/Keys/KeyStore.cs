using System.Text;
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
    public Result<KnownKey> Create(string id, KeyPurpose purpose, Secret passphrase, ISignatureAlgorithm algorithm) =>
        Add(id, passphrase, () => (algorithm.Generate(), purpose));

    /// <summary>
    /// Takes in a key from a file of encrypted PKCS#8, which may be OpenSSL's (CAP3201 to CAP3206, CAP3210, CAP3215, CAP3217, CAP3218). The
    /// file stays as it is.
    /// </summary>
    /// <param name="id">The key's new id.</param>
    /// <param name="file">The file; only its owner may be able to read it.</param>
    /// <param name="purpose">What the key is for; null for what the file says, and if it says nothing, for releases.</param>
    /// <param name="passphrase">Opens the file.</param>
    /// <param name="newPassphrase">Encrypts the key here.</param>
    public Result<KnownKey> Import(string id, string file, KeyPurpose? purpose, Secret passphrase, Secret newPassphrase) => Add(id, newPassphrase, () =>
    {
        var (key, stated) = KeyFile.OpenForeign(file, passphrase);
        if (purpose is { } asked && stated is { } known && asked != known)
        {
            key.Dispose();
            throw new RefusedException(KeyDiagnostics.WrongPurpose.Now(key.PublicKey.Fingerprint, known.Name(), asked.Name()));
        }

        return (key, stated ?? purpose ?? KeyPurpose.Release);
    });

    /// <summary>Copies the private half, encrypted as it is, to a new file that only its owner can read (CAP3202 to CAP3205, CAP3218, CAP3220).</summary>
    public Result<KnownKey> ExportPrivate(string id, string file)
    {
        var known = Find(id);
        try
        {
            return known.Succeeded ? Export(known.Value, file, KeyFile.Copy(PrivatePath(id)), isPublic: false) : known;
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    /// <summary>Writes the public half to a new file, as text of a <see cref="PublicKeyForms"/> (CAP3202, CAP3216, CAP3218, CAP3220).</summary>
    public Result<KnownKey> ExportPublic(string id, string text, string file)
    {
        var known = Find(id);
        return known.Succeeded ? Export(known.Value, file, Encoding.ASCII.GetBytes(text + "\n"), isPublic: true) : known;
    }

    private static Result<KnownKey> Export(KnownKey key, string file, ReadOnlySpan<byte> content, bool isPublic)
    {
        try
        {
            PrivateFile.Write(file, content, isPublic);
            return key;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return File.Exists(file) ? KeyDiagnostics.FileExists.Now(file) : KeyDiagnostics.FileNotWritten.Now(file, problem.Message);
        }
    }

    private Result<KnownKey> Add(string id, Secret passphrase, Func<(IPrivateKey Key, KeyPurpose Purpose)> get)
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
            var (key, purpose) = get();
            using (key)
            {
                return Write(id, key, purpose, passphrase);
            }
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    /// <summary>Of two who write the same key at once, the one whose private half is there first wins.</summary>
    private Result<KnownKey> Write(string id, IPrivateKey key, KeyPurpose purpose, Secret passphrase)
    {
        var known = new KnownKey(key.PublicKey, purpose);
        var file = KeyFile.Write(key, purpose, passphrase);
        var isOurs = false;
        try
        {
            PrivateFile.CreateFolder(Folder);
            PrivateFile.Write(PrivatePath(id), file);
            isOurs = true;
            PrivateFile.Write(PublicPath(id), PublicKeyFile.Write(known), isPublic: true);
            return known;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return !isOurs && File.Exists(PrivatePath(id))
                ? KeyDiagnostics.KeyExists.Now(id)
                : KeyDiagnostics.FileNotWritten.Now(PrivatePath(id), problem.Message);
        }
    }
}
