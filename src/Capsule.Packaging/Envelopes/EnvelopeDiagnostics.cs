using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Envelopes;

/// <summary>What can go wrong with the NuGet package around a container (design.md 5).</summary>
internal static class EnvelopeDiagnostics
{
    private const string FreshCopy = "Take a fresh copy of the package from its feed.";

    public static readonly DiagnosticKind NoPublisher = new("CAP2300", Severity.Error,
        "The package '{0}' has no publisher, so it has no name on a feed.", "Set CapsulePublisher in the project, or pass --publisher NAME.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NoVersion = new("CAP2301", Severity.Error,
        "The package '{0}' has no version.", "State it in the manifest, set Version in the project, or pass --version X.Y.Z.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind InvalidName = new("CAP2302", Severity.Error,
        "'{0}' cannot be part of a package's name on a feed.", "Use lower-case letters, digits and hyphens, at most 64; a slug may have underscores too.");

    public static readonly DiagnosticKind InvalidVersion = new("CAP2303", Severity.Error,
        "'{0}' is not a semantic version.", "Write it as X.Y.Z or X.Y.Z-pre.1, without leading zeros.");

    public static readonly DiagnosticKind TooLarge = new("CAP2304", Severity.Error,
        "The container '{0}' has 4 GiB or more, which no feed takes.", "Move large data out of the package.");

    public static readonly DiagnosticKind ContainerName = new("CAP2305", Severity.Error,
        "The container's file name '{0}' cannot stand in a NuGet package.", "Use letters, digits, dots, hyphens and underscores.");

    public static readonly DiagnosticKind NotAnEnvelope = new("CAP2306", Severity.Error,
        "The NuGet package is not a well-formed Capsule package: {0}.", FreshCopy)
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind Disagrees = new("CAP2307", Severity.Error,
        "The NuGet package says {0} '{1}', the container inside says '{2}'.", FreshCopy)
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind SignatureSize = new("CAP2308", Severity.Error,
        "The signature lines beside '{0}' have more than 1 MiB.", "Keep at most 64 lines; remove those that are no longer needed.")
    { Exit = ExitCode.Refused };
}
