using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Packaging.Locking;

/// <summary>What can be wrong with <c>capproj.lock</c> (design.md 5).</summary>
internal static class LockDiagnostics
{
    private const string WriteAgain = "Write the lock again with 'capsule lock' or 'dotnet build -t:CapsuleLock'.";

    public static readonly DiagnosticKind Absent = new("CAP1000", Severity.Info,
        "There is no capproj.lock, so the newest toolchains are used.", "For the same toolchains everywhere, write one with 'capsule lock' and commit it.");

    public static readonly DiagnosticKind AbsentLocked = new("CAP1001", Severity.Error,
        "A lock is required, and there is no capproj.lock.", "Write one with 'capsule lock' and commit it, or build without CapsuleLocked and --locked.");

    public static readonly DiagnosticKind Stale = new("CAP1002", Severity.Warning,
        "capproj.lock is out of date: {0}.", WriteAgain);

    public static readonly DiagnosticKind NewerFormat = new("CAP1003", Severity.Error,
        "capproj.lock has format version {0}; this Capsule reads version 1.", "Update Capsule, or write the lock again with 'capsule lock'.");

    public static readonly DiagnosticKind BadIntegrity = new("CAP1004", Severity.Error,
        "'{0}' is not an integrity.", "An integrity is 'sha512-' and the digest in base64. " + WriteAgain);

    public static readonly DiagnosticKind BadIdentity = new("CAP1005", Severity.Error,
        "'{0}' is not an identity.", "An identity is 'capsule-tree/1:' and 64 lower-case hex digits. " + WriteAgain);

    public static readonly DiagnosticKind BadCommit = new("CAP1006", Severity.Error,
        "'{0}' is not a full git commit.", "A commit is 40 or 64 lower-case hex digits. " + WriteAgain);

    public static readonly DiagnosticKind Duplicate = new("CAP1007", Severity.Error,
        "'{0}' is locked twice.", WriteAgain);

    public static readonly DiagnosticKind DependencySource = new("CAP1008", Severity.Error,
        "The dependency '{0}' needs either a git address with a commit, or a version.", WriteAgain);

    public static readonly DiagnosticKind PackageName = new("CAP1009", Severity.Error,
        "'{0}' is not the name of an npm package.", "Toolchains are locked by package name and integrity, never by address. " + WriteAgain);

    public static readonly DiagnosticKind WrongType = new("CAP1010", Severity.Error,
        "{0} must be {1}, not {2}.", WriteAgain);

    public static readonly DiagnosticKind Unknown = new("CAP1011", Severity.Error,
        "'{0}' means nothing in {1} of a lock.", "{2} " + WriteAgain);

    public static readonly DiagnosticKind Missing = new("CAP1012", Severity.Error,
        "{0} is missing from the lock.", WriteAgain);

    public static readonly DiagnosticKind NotAllowed = new("CAP1013", Severity.Error,
        "{0} cannot be '{1}' in a lock.", "{3} " + WriteAgain);

    public static readonly DiagnosticKind OutOfRange = new("CAP1014", Severity.Error,
        "{0} is {1} in the lock; it lies between {2} and {3}.", WriteAgain);

    public static readonly DiagnosticKind Empty = new("CAP1015", Severity.Error,
        "{0} is empty.", WriteAgain);

    /// <summary>After the kinds it is made of: static fields are set in the order of the text.</summary>
    public static readonly FieldKinds Fields = new()
    {
        WrongType = WrongType,
        Unknown = Unknown,
        Missing = Missing,
        NotAllowed = NotAllowed,
        OutOfRange = OutOfRange,
    };
}
