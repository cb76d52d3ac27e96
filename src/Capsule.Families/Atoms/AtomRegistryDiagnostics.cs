using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms;

/// <summary>What can go wrong when the keys of a catalog are edited (CAP0883 to CAP0886).</summary>
public static class AtomRegistryDiagnostics
{
    public static readonly DiagnosticKind Taken = new("CAP0883", Severity.Error,
        "The key cannot be registered as '{0}': {1}.", "{2}")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind Ambiguous = new("CAP0884", Severity.Error,
        "'{0}' names two keys: ATOMS.yml registers another one under this id than your key store has.", "Name the key by its fingerprint: sha256: and 64 hex digits.");

    public static readonly DiagnosticKind RevokedAlready = new("CAP0885", Severity.Error,
        "The key '{0}' is revoked already, so it cannot be kept until a date.", "Rotate it without --keep-until: the new key is registered, and the old one stays revoked.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind Busy = new("CAP0886", Severity.Error,
        "Another process is changing ATOMS.yml and does not finish; nothing was written.", "Wait for it, or end it. If there is none, remove 'ATOMS.yml.lock'.")
    { Exit = ExitCode.Conflict };
}
