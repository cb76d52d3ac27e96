using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Keys;

/// <summary>What can go wrong with keys and signers. No message ever holds a secret or a value that might be one.</summary>
internal static class KeyDiagnostics
{
    public static readonly DiagnosticKind KeyMaterial = new("CAP3200", Severity.Error,
        "{0} holds key material itself, not the name of a key. It is not shown here, but it may already be in logs.",
        "Put the key into an encrypted file and give its id or 'file:PATH'; then replace the key, because this one was written where logs can see it.");

    public static readonly DiagnosticKind ReferenceMalformed = new("CAP3201", Severity.Error,
        "{0} names no key.",
        "Write a key id (letters, digits, '-', '_', '.'), 'file:PATH' or 'command:/ABSOLUTE/PROGRAM ARGUMENTS'.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NoSuchKey = new("CAP3202", Severity.Error,
        "There is no key '{0}'.", "List the keys with 'capsule key list' or make one with 'capsule key new {0}'.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind FileOpen = new("CAP3203", Severity.Error,
        "The file '{0}' can be read by others than its owner.", "Run: chmod 600 '{0}'");

    public static readonly DiagnosticKind FileMalformed = new("CAP3204", Severity.Error,
        "The file '{0}' is not a key file: {1}.", "A key file is encrypted PKCS#8 in PEM, under a line 'purpose: release'. Make one with 'capsule key new'.");

    public static readonly DiagnosticKind NotEncrypted = new("CAP3205", Severity.Error,
        "The key in '{0}' is not encrypted.", "Encrypt it: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter 600000 -in '{0}' -out '{0}.enc'. Then destroy the copy that is not.");

    public static readonly DiagnosticKind WrongPassphrase = new("CAP3206", Severity.Error,
        "The key in '{0}' does not open: the passphrase is wrong, or the file is damaged.",
        "Check the passphrase, and that the variable or file that holds it has no more than that.");

    public static readonly DiagnosticKind SecretMissing = new("CAP3207", Severity.Error,
        "The environment variable '{0}' that should hold {1} is not set or empty.",
        "Set it for this command only, from your secret store; never write its value into a project or a command line.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind SecretFileUnreadable = new("CAP3208", Severity.Error,
        "The file '{0}' that should hold {1} cannot be read: {2}.", "Check the path and that you own the file.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind PassphraseNeeded = new("CAP3209", Severity.Error,
        "The key '{0}' is encrypted and no passphrase was named.",
        "Name the environment variable, file or descriptor that holds it, for example --passphrase-variable CAPSULE_KEY_PASSPHRASE. At a terminal, you are asked.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind WrongPurpose = new("CAP3210", Severity.Error,
        "The key {0} is for '{1}' and cannot be used for '{2}'.", "Use a key made for that: 'capsule key new ID --purpose {2}'. A key has one purpose.");

    public static readonly DiagnosticKind NativeLooksSigned = new("CAP3211", Severity.Error,
        "The document begins with 'DSSEv1 ', which is how attestations begin; signing it could make it pass as one.",
        "Change the beginning of the document.");

    public static readonly DiagnosticKind CommandFailed = new("CAP3212", Severity.Error,
        "The signer command '{0}' failed: {1}.", "Run it by hand. It reads one request and gives one answer, a line 'ok ...' (docs: trust.md) or a JSON object (docs: atoms.md).");

    public static readonly DiagnosticKind CommandTimeout = new("CAP3213", Severity.Error,
        "The signer command '{0}' did not answer within {1} seconds and was stopped.", "Check that its device is there and unlocked, then try again.");

    public static readonly DiagnosticKind SignatureWrong = new("CAP3214", Severity.Error,
        "The signature that key {0} made does not verify with its own public key.", "Nothing was written. Check the device or the signer command: it signed something else, or with another key.");

    public static readonly DiagnosticKind KeyExists = new("CAP3215", Severity.Error,
        "There already is a key '{0}'.", "Choose another id. Keys are never overwritten.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind PublicKeyMalformed = new("CAP3216", Severity.Error,
        "'{0}' is not a public key file: {1}.", "A public key file is a SubjectPublicKeyInfo in PEM, as 'capsule key show' prints it.");

    public static readonly DiagnosticKind PassphraseWeak = new("CAP3217", Severity.Error,
        "The passphrase has {0} characters; a new key needs at least {1}.", "Choose a longer passphrase, for example six random words.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind FileNotWritten = new("CAP3218", Severity.Error,
        "The file '{0}' cannot be written: {1}.", "Check that the folder exists, is yours and has room.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind FileExists = new("CAP3220", Severity.Error,
        "There already is a file '{0}'.", "Choose another name: no key is ever written over a file.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind NotForAtoms = new("CAP3221", Severity.Error,
        "The key '{0}' is of {1}, and ATOMS.yml knows only ML-DSA.", "Make one: capsule key new ID --algorithm ml-dsa-65 --purpose atom")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind DescriptorUnusable = new("CAP3222", Severity.Error,
        "The file descriptor {0} that should hold {1} cannot be read: {2}.",
        "Open it where you call the program, for example 3<FILE after --passphrase-fd 3. It holds one line for each key that needs a passphrase, in their order.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NotTheSame = new("CAP3223", Severity.Error,
        "What was typed the second time for {0} is something else.", "Try again; nothing was made.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NothingTyped = new("CAP3224", Severity.Error,
        "Nothing was typed for {0}.", "Try again, or name where it is: --passphrase-variable, --passphrase-file or --passphrase-fd.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NoKey = new("CAP3219", Severity.Error,
        "No key was named to sign with.", "Name one: --key ID, or CapsuleKeyId in the project. 'capsule key new' makes one.")
    { Exit = ExitCode.MissingInput };
}
