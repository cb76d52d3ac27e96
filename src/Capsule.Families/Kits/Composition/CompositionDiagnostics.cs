using Capsule.Core.Diagnostics;

namespace Capsule.Families.Kits.Composition;

/// <summary>What can be wrong between a Kit and those that it depends on (CAP0276 to CAP0279, CAP0282 to CAP0299).</summary>
internal static class CompositionDiagnostics
{
    public static readonly DiagnosticKind UnknownChildOption = new("CAP0276", Severity.Error,
        "The dependency '{1}' has no option '{0}'. Declared there: {2}.", "Name an option of that Kit, or remove this one.");

    public static readonly DiagnosticKind UnknownChildMount = new("CAP0277", Severity.Error,
        "The dependency '{1}' has no mount '{0}'. Declared there: {2}.", "Name a mount of that Kit, or remove this binding.");

    public static readonly DiagnosticKind UnknownChildSecret = new("CAP0278", Severity.Error,
        "The dependency '{1}' has no secret '{0}'. Declared there: {2}.", "Name a secret of that Kit, or remove this binding.");

    public static readonly DiagnosticKind MountTooNarrow = new("CAP0279", Severity.Error,
        "The dependency '{1}' changes files in its mount '{2}', and '{0}' is declared read_only.", "Declare '{0}' with access: read_write, or bind another mount.");

    public static readonly DiagnosticKind NotExposed = new("CAP0282", Severity.Error,
        "The dependency '{1}' exposes nothing at '{0}'. Exposed there: {2}.", "Import one of its public paths.");

    public static readonly DiagnosticKind Circle = new("CAP0283", Severity.Error,
        "These Kits depend on each other in a circle: {0}.", "Remove one of these dependencies.");

    public static readonly DiagnosticKind TooDeep = new("CAP0284", Severity.Error,
        "The dependency '{0}' lies {1} Kits deep; {2} is the most.", "Depend on what is needed directly.");

    public static readonly DiagnosticKind TooMany = new("CAP0285", Severity.Error,
        "The Kit and what it depends on are more than {0} Kits.", "Remove dependencies that are not needed.");

    public static readonly DiagnosticKind FolderMissing = new("CAP0286", Severity.Error,
        "The dependency '{0}' is taken from '{1}', and there is no such folder.", "Correct the path, which is relative to the manifest, or get the other Kit there.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind NotFetched = new("CAP0287", Severity.Error,
        "The dependency '{0}' is in the repository {1}, which is not fetched yet.", "'capsule lock' and 'capsule run' fetch it.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind NotAKit = new("CAP0288", Severity.Error,
        "The dependency '{0}' is no Kit: {1}.", "Depend on a folder or a repository that has one capability.yml at its top.");

    public static readonly DiagnosticKind ChildOptionValue = new("CAP0289", Severity.Error,
        "'{1}' is not a value for option '{0}' of the dependency '{2}', which takes {3}.", "Give another value.");

    public static readonly DiagnosticKind OutsideOfTree = new("CAP0290", Severity.Error,
        "The dependency '{0}' is taken from '{1}', which lies outside of the package.", "A package carries such Kits below '_packages' when it is packed, and this one has none there: pack it again. In a repository, put the other Kit below its top, or take it from a repository of its own.");

    public static readonly DiagnosticKind SecretKind = new("CAP0291", Severity.Error,
        "'{0}' is a {1} secret, and the dependency '{2}' has a {3} secret '{4}'.", "Bind a {3} secret: a vault secret never reaches the code of a workload.");

    public static readonly DiagnosticKind UnknownVariantGiven = new("CAP0292", Severity.Error,
        "Workload '{0}' has no variant '{1}'. Declared: {2}.", "Choose one of them.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind NoVariantsGiven = new("CAP0293", Severity.Error,
        "The Kit has no workload '{0}' with variants. With variants: {1}.", "Correct the name of the workload whose variant is chosen for this run.")
    { Exit = ExitCode.Usage };
}
