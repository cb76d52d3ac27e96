using Capsule.Trust.Keys;

namespace Capsule.Cli.Shell;

/// <summary>A passphrase that a person is asked for when it is read.</summary>
internal static class PassphrasePrompt
{
    /// <summary>Null where nobody can be asked.</summary>
    public static SecretReference? At(Terminal terminal, bool json, CancellationToken cancel) => terminal is { InputIsTerminal: true, ErrorIsTerminal: true } && !json && !OperatingSystem.IsWindows()
        ? SecretReference.Asked(question => HiddenInput.Ask(terminal, question, cancel))
        : null;
}
