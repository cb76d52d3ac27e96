using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Quorum;

/// <summary>What can be wrong with a trust file (specs: trust 4). A trust file with a mistake trusts nothing: exit 5.</summary>
internal static class PolicyDiagnostics
{
    public static readonly DiagnosticKind WrongType = new("CAP3100", Severity.Error,
        "'{0}' in the trust file must be {1}, not {2}.", "Write {1} there.");

    public static readonly DiagnosticKind Unknown = new("CAP3101", Severity.Error,
        "'{0}' is not a key of {1} in a trust file. {2}", "Correct or remove it; a rule that is not understood is never skipped.");

    public static readonly DiagnosticKind Missing = new("CAP3102", Severity.Error,
        "'{0}' is missing in {1} of the trust file.", "Add '{2}'.");

    public static readonly DiagnosticKind NotAllowed = new("CAP3103", Severity.Error,
        "'{0}' in the trust file cannot be '{1}'.", "{3}");

    public static readonly DiagnosticKind OutOfRange = new("CAP3104", Severity.Error,
        "'{0}' in the trust file is {1}, outside {2} to {3}.", "Choose a number from {2} to {3}.");

    public static readonly DiagnosticKind UndefinedSigner = new("CAP3105", Severity.Error,
        "The role '{0}' names the signer '{1}', who is not defined.", "Define [signers.{1}], or take the name out.");

    public static readonly DiagnosticKind ThresholdTooHigh = new("CAP3106", Severity.Error,
        "The role '{0}' needs {1} signers but names {2}: nothing could ever pass.", "Lower the threshold or name more signers.");

    public static readonly DiagnosticKind UndefinedRole = new("CAP3107", Severity.Error,
        "The scope requires the role '{0}', which it does not define.", "Define roles.{0}, or take the name out of 'require'.");

    public static readonly DiagnosticKind SharedKey = new("CAP3108", Severity.Error,
        "The key {0} belongs to '{1}' already: one key would count twice.", "Give every signer keys of its own.");

    public static readonly DiagnosticKind KeyMalformed = new("CAP3109", Severity.Error,
        "This is not a key that can be trusted: {0}.", "Give its algorithm and either spki (base64) or file, as 'capsule key show' prints it.");

    public static readonly DiagnosticKind MatchMalformed = new("CAP3110", Severity.Error,
        "'{0}' is not a set of packages.", "Write 'scope/name', 'scope/*' or '*'.");

    public static readonly DiagnosticKind DuplicateScope = new("CAP3111", Severity.Error,
        "There already is a scope for '{0}'.", "Keep one of them: scopes are never joined.");

    public static readonly DiagnosticKind SignerPurpose = new("CAP3112", Severity.Error,
        "The signer '{0}' is for '{1}' and cannot have a role in releases.", "Name a signer whose purpose is 'release'.");

    public static readonly DiagnosticKind NotADate = new("CAP3113", Severity.Error,
        "'{0}' is not a point in time.", "Write a date and time with its offset, without quotes: 2027-11-21T00:00:00Z");

    public static readonly DiagnosticKind MinVersion = new("CAP3114", Severity.Error,
        "The lowest version of '{0}' cannot be '{1}'.", "Write a 'scope/name' that this scope covers, and a semantic version such as \"1.4.0\".");

    public static readonly DiagnosticKind RevokedMalformed = new("CAP3115", Severity.Error,
        "'{0}' is not the fingerprint of a key.", "Write 'sha256:' and 64 lower-case hex digits, as 'capsule key show' prints it.");

    // CAP3116 said that an algorithm could not be verified by an earlier version; it is not used again.

    public static readonly DiagnosticKind Expired = new("CAP3117", Severity.Error,
        "The trust file '{0}' expired on {1}.", "Review it, then set a new 'expires' and raise its version.");

    public static readonly DiagnosticKind WentBack = new("CAP3118", Severity.Error,
        "The trust file '{0}' has version {1}, but version {2} was used here before.", "Put the newer file back. If you went back on purpose, give it a version above {2}.");

    public static readonly DiagnosticKind Unreadable = new("CAP3119", Severity.Error,
        "The trust file '{0}' cannot be used, so nothing is trusted.", "Correct the problem named next, or put a good copy back.");

    public static readonly DiagnosticKind DuplicateName = new("CAP3120", Severity.Error,
        "'{0}' is named twice.", "Name it once; a signer counts once anyway.");

    public static readonly DiagnosticKind EmptyList = new("CAP3121", Severity.Error,
        "'{0}' is empty: nothing could ever pass.", "Name at least one.");

    public static readonly DiagnosticKind SignerExists = new("CAP3122", Severity.Error,
        "There already is a signer '{0}'.", "Choose another name, or remove that signer first.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind NotThere = new("CAP3123", Severity.Error,
        "The trust file has no '{0}'.", "See what it has with 'capsule trust list'.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind RootNotReached = new("CAP3124", Severity.Error,
        "Version {1} of the trust file '{0}' is not signed by enough of {2} root of '{3}': {4} of {5} counted ({6}); {7}.",
        "Each of them signs it with 'capsule trust sign FILE --key ID'; the lines lie beside it in a file that ends in .sigstore.jsonl.");

    public static readonly DiagnosticKind RootVersion = new("CAP3125", Severity.Error,
        "The trust file '{0}' has version {1}, but after version {2}, which was used here, other contents can only have version {3}.",
        "Put the file that follows version {2} here first; versions of a file with a root role follow each other without a gap.");

    public static readonly DiagnosticKind RootGone = new("CAP3126", Severity.Error,
        "The trust file '{0}' has no root role any more, but version {1} had one.", "Keep roles.root in a scope: a file that was signed cannot become one that needs no signature.");

    public static readonly DiagnosticKind SignedWithoutRoot = new("CAP3127", Severity.Error,
        "The trust file '{0}' is signed, but none of its scopes has a root role, so nobody may sign it.", "Add roles.root to a scope, or remove the signatures beside the file if it is yours and needs none.");

    public static readonly DiagnosticKind MustBeSigned = new("CAP3128", Severity.Warning,
        "Version {1} of the trust file '{0}' is refused until it is signed by {2}.", "Sign it with 'capsule trust sign FILE --key ID' on each of their machines; until then put the version before it back to work.");

    public static readonly DiagnosticKind NothingToSign = new("CAP3129", Severity.Error,
        "The trust file '{0}' has no root role, so a signature on it would mean nothing.", "Add roles.root to a scope first, with the signers who decide about new versions.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Busy = new("CAP3160", Severity.Error,
        "The file '{0}' is being changed by another process.", "Wait for the other capsule command to end, then try again.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind RootKeyEnds = new("CAP3161", Severity.Error,
        "A key of the signer '{0}' has an end, but '{0}' decides about the trust file itself.", "Take the end away; replace the key in a new version of the file when its time has come.");

    public static readonly DiagnosticKind KeyNotThere = new("CAP3162", Severity.Error,
        "No signer of the trust file has the key {0}.", "See the keys with 'capsule trust list --json'; 'capsule key register' adds one.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind HybridKeepsNone = new("CAP3163", Severity.Error,
        "The signer '{0}' counts only when all its keys signed, so an old key cannot stay beside the new one.", "Rotate without --keep-until.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind OtherPurpose = new("CAP3164", Severity.Error,
        "The signer '{0}' is for '{1}', and the key is for '{2}'.", "Use a key of the same purpose, or another signer: a key has one purpose.")
    { Exit = ExitCode.Invalid };
}
