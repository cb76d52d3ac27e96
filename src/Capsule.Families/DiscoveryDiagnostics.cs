using Capsule.Core.Diagnostics;

namespace Capsule.Families;

/// <summary>What can go wrong while the manifest is looked for (CAP0960 to CAP0969).</summary>
internal static class DiscoveryDiagnostics
{
    public static readonly DiagnosticKind NoManifest = new("CAP0960", Severity.Error,
        "There is no manifest in '{0}'.",
        "Add one: {1}. Or name an existing one, in a project by the property CapsuleManifest.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind SeveralManifests = new("CAP0961", Severity.Error,
        "There are several manifests in '{0}': {1}.",
        "Say which one is meant: <CapsuleManifest>{2}</CapsuleManifest> in the project, or its path on the command line.");

    public static readonly DiagnosticKind NotAManifest = new("CAP0962", Severity.Error,
        "'{0}' is not the name of a manifest.", "Manifests are called {1}.");

    public static readonly DiagnosticKind NothingThere = new("CAP0963", Severity.Error,
        "There is no file or folder '{0}'.", "Check the spelling of the path.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind ManifestNotInRoot = new("CAP0964", Severity.Error,
        "The manifest '{0}' does not lie directly in the project folder '{1}'.",
        "A package has its manifest at its root: put the project file beside the manifest.");

    public static readonly DiagnosticKind ManifestIsFolder = new("CAP0965", Severity.Error,
        "'{0}' has the name of a manifest and is a folder.", "Rename the folder, and write the manifest into a file of that name.");
}
