using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Toolchains;

/// <summary>What can go wrong between a wanted toolchain and one that stands in its folder.</summary>
internal static class ToolchainDiagnostics
{
    public static readonly DiagnosticKind Unknown = new("CAP5200", Severity.Error,
        "There is no toolchain called '{0}'. Known: {1}.", "Use one of the known names in the manifest.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NoPlatform = new("CAP5201", Severity.Error,
        "The toolchain '{0}' is not available for {1}.", "Run the package on one of: {2}.");

    public static readonly DiagnosticKind BadRange = new("CAP5202", Severity.Error,
        "'{0}' is not a version or version range for '{1}'.", "Write an exact version such as 1.2.3, or a range such as 20, ^20.1 or >=1.2 <2.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NoRegistry = new("CAP5203", Severity.Error,
        "'{0}' is not held here, and no package registry is configured to fetch it from.",
        "Set npm's 'registry' setting: npm_config_registry in the environment, or 'registry=' in the user's .npmrc.")
    { Exit = ExitCode.Network };

    public static readonly DiagnosticKind Unreachable = new("CAP5204", Severity.Error,
        "The package registry could not be asked for '{0}': {1}.",
        "Check the network and npm's 'registry' setting. A toolchain that was fetched once is used again without the network.")
    { Exit = ExitCode.Network };

    public static readonly DiagnosticKind NoVersion = new("CAP5205", Severity.Error,
        "No version of '{0}' that is served satisfies '{1}'.", "Ask for another version, or check that the configured registry serves '{2}'.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind BadIntegrity = new("CAP5206", Severity.Error,
        "The archive of '{0}' {1} is not the one that was promised: expected {2}, got {3}.",
        "Do not use it. If the lock is right, the registry serves something else; if the toolchain was meant to change, lock again.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind NoIntegrity = new("CAP5207", Severity.Error,
        "The registry gives no sha512 integrity for '{0}' {1}.", "Choose another version, or a registry that states 'dist.integrity'.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind BadArchive = new("CAP5208", Severity.Error,
        "The archive of '{0}' {1} is refused: {2}.", "Choose another version, and tell whoever runs the registry.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind BadAnswer = new("CAP5209", Severity.Error,
        "The package registry's answer about '{0}' cannot be read: {1}.", "Check npm's 'registry' setting; it must name an npm-compatible registry.")
    { Exit = ExitCode.Network };

    public static readonly DiagnosticKind NotKept = new("CAP5210", Severity.Error,
        "The toolchain '{0}' {1} could not be kept in '{2}': {3}.", "Check the space and the rights of that folder.");

    public static readonly DiagnosticKind BadLock = new("CAP5211", Severity.Error,
        "The lock's integrity for '{0}' is not a sha512 value: '{1}'.", "Write the lock again with 'capsule lock'.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NotOnThisMachine = new("CAP5212", Severity.Error,
        "No {0} of this machine satisfies '{1}'. Installed: {2}.",
        "{3}")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind LeadsInside = new("CAP5213", Severity.Error,
        "The package registry sends the fetch of '{0}' on to {1}, which is no registry of yours, and its address is {2}.",
        "Do not follow it. If that host belongs to your registry, name it in npm's settings, for example as the registry of a scope.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind NotLockedHere = new("CAP5220", Severity.Error,
        "The lock pins '{0}' for other platforms, but not for {1}.", "Write the lock again with 'capsule lock', on a machine that reaches the package registry.")
    { Exit = ExitCode.Invalid };
}
