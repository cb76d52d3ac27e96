using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Keys;

/// <summary>Turns a reference to a key into something that signs.</summary>
public static class KeyOpener
{
    /// <summary>Opens a key (CAP3202 to CAP3213).</summary>
    /// <param name="reference">Which key.</param>
    /// <param name="store">Where ids are looked up.</param>
    /// <param name="passphrase">Where the passphrase of a key file is; null when there is none to give.</param>
    /// <param name="cancel">Stops a signer command that is asked for its key.</param>
    public static async Task<Result<IKeySigner>> OpenAsync(
        KeyReference reference, KeyStore store, SecretReference? passphrase, CancellationToken cancel) => reference switch
        {
            KeyReference.Id id when !File.Exists(store.PrivatePath(id.Value)) => KeyDiagnostics.NoSuchKey.Now(id.Value),
            KeyReference.Id id => OpenFile(store.PrivatePath(id.Value), id.Value, passphrase),
            KeyReference.InFile file => OpenFile(file.Path, file.Path, passphrase),
            KeyReference.Command command => await CommandKeySigner.OpenAsync(command, CommandKeySigner.DefaultTimeout, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(reference)),
        };

    /// <summary>Opens a key that has to have one purpose (CAP3202 to CAP3213, CAP3210 when it has another).</summary>
    public static async Task<Result<IKeySigner>> OpenAsync(
        KeyReference reference, KeyPurpose purpose, KeyStore store, SecretReference? passphrase, CancellationToken cancel)
    {
        var opened = await OpenAsync(reference, store, passphrase, cancel);
        if (!opened.Succeeded || opened.Value.Purpose == purpose)
        {
            return opened;
        }

        using var wrong = opened.Value;
        return KeyDiagnostics.WrongPurpose.Now(wrong.PublicKey.Fingerprint, wrong.Purpose.Name(), purpose.Name());
    }

    private static Result<IKeySigner> OpenFile(string path, string name, SecretReference? passphrase)
    {
        if (passphrase is null)
        {
            return KeyDiagnostics.PassphraseNeeded.Now(name);
        }

        var read = passphrase.Read($"the passphrase of the key '{name}'");
        if (!read.Succeeded)
        {
            return Result.Failed<IKeySigner>(read.Diagnostics);
        }

        using var secret = read.Value;
        try
        {
            return KeyFile.Open(path, secret);
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }
}
