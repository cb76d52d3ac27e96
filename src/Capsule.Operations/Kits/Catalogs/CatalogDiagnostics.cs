using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Kits.Catalogs;

/// <summary>What can be wrong with a catalog of Kits (CAP4320 to CAP4349).</summary>
public static class CatalogDiagnostics
{
    public static readonly DiagnosticKind NotNamed = new("CAP4320", Severity.Error,
        "No catalog of Kits is named, and none is built in.", "Give one with --registry: a file, a folder with apps.json, or the address of a repository; or write it as 'registry' into the table [kits] of config.toml.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NotThere = new("CAP4321", Severity.Error,
        "There is no catalog '{0}'.", "Name a file, a folder with apps.json, or the address of a repository that has one.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind OtherSchema = new("CAP4322", Severity.Error,
        "The catalog has schema {0}; this version reads schema 1.", "Use a catalog of schema 1, or a newer version of this program.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind WrongType = new("CAP4323", Severity.Error,
        "{0} must be {1}, but it is {2}.", "Correct it in the catalog.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Missing = new("CAP4324", Severity.Error,
        "{0} is missing.", "Add '{2}' to {1} in the catalog.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind LeftOut = new("CAP4325", Severity.Warning,
        "An entry of the catalog is left out: {0}", "Tell whoever keeps the catalog; the other entries are read.");

    public static readonly DiagnosticKind NoSuchKit = new("CAP4326", Severity.Error,
        "The catalog has no Kit '{0}'. {1}", "Look for it with 'registry search'.")
    { Exit = ExitCode.NotFound };
}
