using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Operations.Atoms;

/// <summary>
/// Reaches private keys (specs: atoms 6.4): <c>encrypted-file</c>, <c>command</c>, and for tests <c>insecure-file</c>. Which backend a
/// key has says ATOMS.yml or the settings; what a backend does says the user's own settings file alone.
/// </summary>
internal static class AtomBackends
{
    private const string EncryptedFile = "encrypted-file";
    private const string Command = "command";
    private const string InsecureFile = "insecure-file";

    /// <summary>Opens the private half of a registered key (CAP0845).</summary>
    public static async Task<Result<IKeySigner>> OpenAsync(AtomSession session, AtomKey key, AtomSigning signing, CancellationToken cancel)
    {
        var name = key.Backend ?? session.Settings.DefaultBackend;
        if (name.Length == 0)
        {
            return Failed<IKeySigner>(key, "no backend is named for it.", "Set 'backend' at the key in ATOMS.yml, or keys.default_backend in ~/.atoms/config.toml.");
        }

        var backend = session.Settings.Backends.GetValueOrDefault(name) ?? new KeyBackendSettings(name);
        var reference = key.BackendReference ?? key.Id;
        return backend.Kind switch
        {
            EncryptedFile => await EncryptedAsync(session, key, backend, reference, signing, cancel),
            Command when backend.Program is null => Failed<IKeySigner>(key, "no program is defined for its backend.", "Define [keys.backends.NAME] with kind = \"command\" and program in ~/.atoms/config.toml."),
            Command => Told(key, await CommandAsync(key, backend, reference, signing, cancel)),
            InsecureFile => Insecure(session, key, backend, reference),
            _ => Failed<IKeySigner>(key, $"the backend '{name}' is not known here.", $"Define it as [keys.backends.{name}] in ~/.atoms/config.toml, with kind = \"{EncryptedFile}\" or \"{Command}\"."),
        };
    }

    public static Diagnostic Failed(AtomKey key, string why, string hint) => AtomSigningDiagnostics.Backend.At(key.Place, key.Id, why, hint);

    public static Diagnostic Failed(AtomKey key, Diagnostic problem) =>
        AtomSigningDiagnostics.Backend.At(key.Place, key.Id, $"{problem.Message.TrimEnd('.')} ({problem.Code}).", problem.Hint);

    private static Result<T> Failed<T>(AtomKey key, string why, string hint)
        where T : class => Failed(key, why, hint);

    private static async Task<Result<IKeySigner>> EncryptedAsync(
        AtomSession session, AtomKey key, KeyBackendSettings backend, string reference, AtomSigning signing, CancellationToken cancel)
    {
        var isId = backend.Folder is null && KeyStore.IsId(reference) && File.Exists(signing.Keys.PrivatePath(reference));
        var path = PathOf(session, backend, reference);
        if (!isId && IsInside(session.Catalog.Root, path))
        {
            return Failed<IKeySigner>(key, $"its file '{path}' lies inside the catalog.", "Keep private keys outside every repository.");
        }

        var passphrase = signing.Passphrase
            ?? (backend.PassphraseFile is { } file ? SecretReference.InFile(file) : backend.PassphraseVariable is { } variable ? SecretReference.Environment(variable) : signing.Ask);
        KeyReference place = isId ? new KeyReference.Id(reference) : new KeyReference.InFile(path);
        return Told(key, await KeyOpener.OpenAsync(place, KeyPurpose.Atom, signing.Keys, passphrase, cancel));
    }

    private static Task<Result<IKeySigner>> CommandAsync(AtomKey key, KeyBackendSettings backend, string reference, AtomSigning signing, CancellationToken cancel) =>
        backend.Protocol == KeyBackendSettings.Json
            ? JsonKeySigner.OpenAsync(
                new KeyReference.Command(backend.Program!, backend.Arguments), reference, SignatureAlgorithms.Find(key.Algorithm)!, AtomPublicKey.Find(key, null), backend.Timeout, cancel)
            : KeyOpener.OpenAsync(new KeyReference.Command(backend.Program!, [.. backend.Arguments, reference]), KeyPurpose.Atom, signing.Keys, null, cancel);

    private static Result<IKeySigner> Insecure(AtomSession session, AtomKey key, KeyBackendSettings backend, string reference)
    {
        if (!session.Settings.AllowInsecureKeys)
        {
            return Failed<IKeySigner>(key, "keys in plain files are not allowed.", "Encrypt the key; for tests only, set keys.allow_insecure = true in the user's settings.");
        }

        return PlainKeySigner.Open(PathOf(session, backend, reference)) is { } signer
            ? signer
            : Failed<IKeySigner>(key, "there is no plain PKCS#8 key in its file.", "Name a PEM file with a PRIVATE KEY.");
    }

    private static Result<IKeySigner> Told(AtomKey key, Result<IKeySigner> opened) => opened.Succeeded ? opened : Failed(key, opened.Diagnostics[0]);

    private static string PathOf(AtomSession session, KeyBackendSettings backend, string reference) =>
        Path.GetFullPath(reference.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(session.Call.UserHome, reference[2..]) : reference, backend.Folder ?? session.Call.UserHome);

    private static bool IsInside(string folder, string path) => Path.GetRelativePath(folder, path) is var relative && relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal);
}
