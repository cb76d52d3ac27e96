using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms;

/// <summary>What can go wrong while an atom is signed (CAP0841 to CAP0848; ATM2001 to ATM2008), and what keys deserve a look (CAP0833 to CAP0839).</summary>
public static class AtomSigningDiagnostics
{
    public static readonly DiagnosticKind NotRegistered = new("CAP0841", Severity.Error,
        "{0}", "{1}")
    { Aliases = ["ATM2001"], Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind Revoked = new("CAP0842", Severity.Error,
        "The key '{0}' is revoked{1}.", "Sign with another key of the same role; revocation cannot be taken back.")
    { Aliases = ["ATM2002"], Exit = ExitCode.Refused };

    public static readonly DiagnosticKind Expired = new("CAP0843", Severity.Error,
        "The key '{0}' is {1}; it is now {2}.", "Sign with a key whose time it is, or correct the clock of this machine.")
    { Aliases = ["ATM2003"], Exit = ExitCode.Refused };

    public static readonly DiagnosticKind AlreadySigned = new("CAP0844", Severity.Error,
        "The key '{0}' has signed this atom already.", "Replace its signature with --force.")
    { Aliases = ["ATM2004"], Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind Backend = new("CAP0845", Severity.Error,
        "The private key of '{0}' cannot be used: {1}", "{2}")
    { Aliases = ["ATM2005"] };

    public static readonly DiagnosticKind AlgorithmNotAccepted = new("CAP0846", Severity.Error,
        "The algorithm {1} of the key '{0}' is not accepted by the catalog.", "Accepted: {2}. Change signing.accepted_algorithms in ATOMS.yml, or sign with another key.")
    { Aliases = ["ATM2006"], Exit = ExitCode.Refused };

    public static readonly DiagnosticKind QuorumAfterSigning = new("CAP0847", Severity.Error,
        "The quorum '{0}' is not met after signing again; nothing was written.", "Run 'atoms verify --explain' to see whose signature is missing.")
    { Aliases = ["ATM2007"], Exit = ExitCode.Refused };

    public static readonly DiagnosticKind SelfCheck = new("CAP0848", Severity.Error,
        "The new signature of the key '{0}' does not verify; nothing was written.", "Check the key's backend: it may hold another key, or answer wrongly.")
    { Aliases = ["ATM2008"], Exit = ExitCode.Refused };

    public static readonly DiagnosticKind AlgorithmNotRequired = new("CAP0833", Severity.Warning,
        "The catalog asks for {1}; the key '{0}' signs with {2}, which is accepted beside it.", "Sign with a key of a required algorithm as well.")
    { Aliases = ["ATM1113"] };

    public static readonly DiagnosticKind NotCounted = new("CAP0834", Severity.Warning,
        "The signature of '{0}' does not count: {1}.", "The quorum is met without it; remove it, or have it made again.")
    { Aliases = ["ATM1114"] };

    public static readonly DiagnosticKind PreRelease = new("CAP0835", Severity.Warning,
        "The published version '{0}' still carries a pre-release label.", "Publish a version without it when the document is final.")
    { Aliases = ["ATM1115"] };

    public static readonly DiagnosticKind Pool = new("CAP0836", Severity.Warning,
        "The quorum rule speaks of {0} keys of the role '{1}', and {2} are registered and not revoked.", "Register the keys in ATOMS.yml, or correct the rule.")
    { Aliases = ["ATM1116"] };

    public static readonly DiagnosticKind NoEnvelope = new("CAP0837", Severity.Info,
        "The signature of '{0}' has no envelope: it covers the files, not the id, lifecycle and time beside them.", "Have it renewed with 'atoms sign --envelope --key {0}'; signing.require_envelope in ATOMS.yml demands one of every signature.")
    { Aliases = ["ATM1117"] };

    public static readonly DiagnosticKind EnvelopeDropped = new("CAP0838", Severity.Warning,
        "The envelope of '{0}' was over the draft and has been taken out; the signature over the files stays.", "Have the published atom signed: 'atoms sign --envelope --key {0}'.")
    { Aliases = ["ATM1118"] };

    public static readonly DiagnosticKind NoEnvelopeMade = new("CAP0839", Severity.Warning,
        "The signer of '{0}' cannot sign in a context, so the signature has no envelope.", "Give its backend protocol = \"json\" in ~/.atoms/config.toml, and a program that speaks it.")
    { Aliases = ["ATM1119"] };
}
