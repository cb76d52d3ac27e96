using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Envelopes;

/// <summary>What can be wrong with signature lines (specs: trust 2). A malformed line refuses the whole file: exit 5.</summary>
internal static class EnvelopeDiagnostics
{
    public static readonly DiagnosticKind TooLarge = new("CAP3000", Severity.Error,
        "The signatures hold {0}; at most {1} are read.",
        "Keep one line for each signer and each statement, and remove what nobody needs.");

    public static readonly DiagnosticKind LineMalformed = new("CAP3001", Severity.Error,
        "Line {0} of the signatures is not a signature line: {1}.",
        "Fetch the file again from its publisher. Each line is one Sigstore bundle v0.3 with a public key hint and one signature, and nothing else.");

    public static readonly DiagnosticKind Base64NotCanonical = new("CAP3002", Severity.Error,
        "Line {0} of the signatures: '{1}' is not base64 in its one canonical form.",
        "Fetch the file again from its publisher. Base64 here has standard letters, padding, no line breaks and no stray bits.");

    public static readonly DiagnosticKind SignatureNotCanonical = new("CAP3003", Severity.Error,
        "Line {0} of the signatures: the signature is not in the one encoding that {1} has.",
        "Sign again. An ECDSA signature is a DER sequence of two integers, each as short as it can be.");

    public static readonly DiagnosticKind WrongHint = new("CAP3004", Severity.Error,
        "Line {0} of the signatures was made by key {1} but its hint names another key.",
        "Fetch the file again from its publisher. The hint is the base64 SHA-256 of the signer's SubjectPublicKeyInfo, or empty.");

    public static readonly DiagnosticKind StatementMalformed = new("CAP3005", Severity.Error,
        "Line {0} of the signatures does not hold an in-toto Statement: {1}.",
        "Fetch the file again from its publisher. A statement has exactly _type, subject, predicateType and predicate.");

    public static readonly DiagnosticKind DoesNotVerify = new("CAP3006", Severity.Warning,
        "Line {0} of the signatures does not verify with key {1} and counts for nothing.",
        "Nothing to do when enough other signers are counted; otherwise ask the publisher for a line that verifies.");

    public static readonly DiagnosticKind UnknownKey = new("CAP3007", Severity.Warning,
        "Line {0} of the signatures was made by a key that is not known here (hint {1}) and counts for nothing.",
        "Add the signer with 'capsule trust add' once you have its public key from a source you trust.");

    public static readonly DiagnosticKind NeverCounts = new("CAP3008", Severity.Info,
        "Line {0} of the signatures is {1}; it is shown and counts for no release.",
        "Nothing to do: only statements of type https://in-toto.io/attestation/release/v0.1 count for a release.");

    public static readonly DiagnosticKind OtherPackage = new("CAP3009", Severity.Warning,
        "Line {0} of the signatures is a release of something else: its {1} is '{2}', not '{3}'. It counts for nothing.",
        "Sign the package as it is, or fetch the signatures that belong to it.");

    public static readonly DiagnosticKind PackageIncomplete = new("CAP3010", Severity.Error,
        "The package '{0}' cannot be signed or verified: it needs a publisher, a version and an identity.",
        "State the publisher (CapsulePublisher in the project, or --publisher) and the version (in the manifest, or --version).")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind LineDropped = new("CAP3011", Severity.Info,
        "Line {0} of the signatures was about other contents ({1}) and was left out.", "Nothing to do: the package has changed since.");

    public static readonly DiagnosticKind AttestationTooLarge = new("CAP3012", Severity.Info,
        "An attestation is too large for a signature line; it stays in the package unsigned.",
        "Nothing to do: the release line covers every file all the same.");

    public static readonly DiagnosticKind NotAttestable = new("CAP3013", Severity.Error,
        "A provenance key cannot sign for this package: {0}.",
        "Pack it again with 'capsule pack' or the SDK, which write provenance and SBOM into every package, or sign without the provenance key.");

    public static readonly DiagnosticKind KeyNotItsOwn = new("CAP3014", Severity.Error,
        "Line {0} of the signatures carries the key {1}, but that key did not sign it.",
        "Fetch the file again from its publisher. A signer's public key comes in a line that the key signed itself.");
}
