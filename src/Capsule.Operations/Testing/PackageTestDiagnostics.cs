using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Testing;

/// <summary>Why the cases of a package cannot be put to it.</summary>
internal static class PackageTestDiagnostics
{
    public static readonly DiagnosticKind NoCases = new("CAP6020", Severity.Error,
        "The package '{0}' has no tests.", "Write capability-test.yml beside the manifest of a Kit; see the page on testing.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind NothingPublic = new("CAP6021", Severity.Error,
        "The package '{0}' has no public address, but a case calls one of its public paths.", "Expose the path in the manifest, or let the case call a workload and its endpoint.");

    public static readonly DiagnosticKind NoListener = new("CAP6022", Severity.Error,
        "The process '{0}' of the package '{1}' listens nowhere, so no case can call it.", "Declare an endpoint for it, or let the case call another one.");

    public static readonly DiagnosticKind FixtureNotCopied = new("CAP6023", Severity.Error,
        "The fixture '{0}' of an installed package could not be copied: {1}.", "Check the space and the rights of the folder for temporary files.");
}
