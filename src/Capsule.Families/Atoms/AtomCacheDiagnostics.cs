using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms;

/// <summary>What can be wrong with a cached atom and with the cache (CAP0818, CAP0819, CAP0850, CAP0851, CAP0868, CAP0881, CAP0882, CAP0892).</summary>
public static class AtomCacheDiagnostics
{
    public static readonly DiagnosticKind Corrupt = new("CAP0818", Severity.Error,
        "'{0}' could not be fetched in a form that can be believed: {1}.", "Tell the catalog's steward; nothing was kept.")
    { Aliases = ["ATM1018"] };

    public static readonly DiagnosticKind Retired = new("CAP0819", Severity.Error,
        "'{0}' is retired{1}.", "Refer to its successor; 'atoms cache purge {0}' removes a cached copy.")
    { Aliases = ["ATM1019"] };

    public static readonly DiagnosticKind Deprecated = new("CAP0881", Severity.Warning,
        "'{0}' is deprecated{1}.", "Refer to its successor when there is one.")
    { Aliases = ["ATM1137"] };

    public static readonly DiagnosticKind Purged = new("CAP0882", Severity.Warning,
        "The cached '{0}' is not used: {1}.", "It is fetched again; when this happens often, check the disk and who writes to the cache.")
    { Aliases = ["ATM1138"] };

    public static readonly DiagnosticKind NotWritable = new("CAP0850", Severity.Warning,
        "The cache '{0}' cannot be written, so what is fetched is not kept: {1}", "Make the folder writable, or set cache.path in ~/.atoms/config.toml.")
    { Aliases = ["ATM1140"] };

    public static readonly DiagnosticKind NotJudged = new("CAP0851", Severity.Warning,
        "The signatures of '{0}' were not checked: no keys of the catalog '{1}' are known here.", "Name a checkout of the catalog with 'root' in [catalogs.{1}] of ~/.atoms/config.toml.")
    { Aliases = ["ATM1141"] };

    public static readonly DiagnosticKind Dangerous = new("CAP0868", Severity.Error,
        "Nothing was removed: {0}.", "{1}")
    { Aliases = ["ATM4008"] };

    public static readonly DiagnosticKind NotCached = new("CAP0892", Severity.Error,
        "'{0}' is not in the cache '{1}'.", "'atoms cache list' shows what is; 'atoms cache add {0}' fetches it.")
    { Aliases = ["ATM1023"], Exit = ExitCode.NotFound };
}
