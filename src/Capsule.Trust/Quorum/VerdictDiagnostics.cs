using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Quorum;

/// <summary>Why a package is not trusted, and what was left out of the count (specs: trust 2 and 4).</summary>
internal static class VerdictDiagnostics
{
    public static readonly DiagnosticKind Unsigned = new("CAP3130", Severity.Error,
        "{0} is not signed.", "Ask its publisher for a signed package. If you know these contents, pass --identity {1}");

    public static readonly DiagnosticKind ThresholdNotMet = new("CAP3131", Severity.Error,
        "{0} is not released by enough signers: the role '{1}' of the scope '{2}' needs {3}, and {4} counted ({5}); {6}.",
        "Ask the missing signers to sign this identity; a signer counts once, and only in the role its line names. 'capsule verify --explain' says who they are.");

    public static readonly DiagnosticKind UnknownSigners = new("CAP3132", Severity.Error,
        "No rule says who may release {0}, and it is signed by keys that are not trusted here: {1}.",
        "Compare the fingerprints with the publisher's, then run 'capsule trust add'; or, for exactly these contents, pass --identity {2}");

    public static readonly DiagnosticKind SignersChanged = new("CAP3133", Severity.Error,
        "{0} is not signed by everyone who signed it when you first accepted it; missing: {1}.",
        "Ask the publisher why. To accept the new signers, run 'capsule trust add'; for exactly these contents, pass --identity {2}");

    public static readonly DiagnosticKind IdentityChanged = new("CAP3134", Severity.Error,
        "{0} was accepted here before with other contents ({1}); now it has the identity {2}.",
        "A version never changes its contents. Ask the publisher for a new version, and distrust the place this one came from.");

    public static readonly DiagnosticKind WentBack = new("CAP3135", Severity.Error,
        "The newest version offered of {0} is {1}, but {2} was seen here before.",
        "The feed is outdated or someone withholds newer versions. To go back on purpose, name the version.");

    public static readonly DiagnosticKind BelowMinimum = new("CAP3136", Severity.Error,
        "{0} is below {1}, the lowest version that the trust file '{2}' allows.", "Take a newer version.");

    public static readonly DiagnosticKind WrongFeed = new("CAP3137", Severity.Error,
        "{0} comes from {1}, but the scope '{2}' is taken only from: {3}.", "Install it from there, or add the feed to the scope in the trust file.");

    public static readonly DiagnosticKind RevokedKey = new("CAP3138", Severity.Warning,
        "The key {0} was revoked ({1}) and counts for nothing.", "Ask the publisher to sign with a key that is not revoked.");

    public static readonly DiagnosticKind WrongPurpose = new("CAP3139", Severity.Warning,
        "The key {0} is for '{1}' and counts for no release.", "Releases are signed with keys made for releases: 'capsule key new ID --purpose release'.");

    public static readonly DiagnosticKind AlgorithmNotAccepted = new("CAP3140", Severity.Warning,
        "The scope '{0}' does not accept {1}; the signature of {2} counts for nothing.", "Sign with an accepted algorithm: {3}.");

    public static readonly DiagnosticKind Declined = new("CAP3141", Severity.Error,
        "{0} was not accepted.", "Nothing was installed or started.");

    public static readonly DiagnosticKind OtherIdentity = new("CAP3142", Severity.Error,
        "{0} has the identity {1}, not the expected {2}.", "These are not the contents you expect. Check where both come from.");

    public static readonly DiagnosticKind KeysMissing = new("CAP3143", Severity.Error,
        "{0} is signed, but nothing here knows the keys, so no signature could be checked.",
        "Get the publisher's public key and run 'capsule trust add'; or, for exactly these contents, pass --identity {1}");

    public static readonly DiagnosticKind VersionMalformed = new("CAP3144", Severity.Error,
        "'{0}' is not a version that can be compared with others.", "Use a semantic version such as 1.4.0.");

    public static readonly DiagnosticKind NothingCounts = new("CAP3145", Severity.Error,
        "No signature line of {0} is a release of these contents under this name, version and family.",
        "The notes say what each line is. Sign the package as it is now, or fetch the signatures that belong to it.");

    public static readonly DiagnosticKind DoesNotCount = new("CAP3146", Severity.Info,
        "Line {0} of the signatures does not count in the role '{1}' of the scope '{2}': {3}.",
        "Nothing to do when enough other signers are counted; 'capsule verify --explain' shows the whole count.");
}
