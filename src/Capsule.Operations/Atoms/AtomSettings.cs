namespace Capsule.Operations.Atoms;

/// <summary>The settings of the atoms program (specs: atoms 11), all files and defaults put together.</summary>
public sealed record AtomSettings
{
    /// <summary>The catalog that is meant when a command names none.</summary>
    public string DefaultCatalog { get; init; } = "schema-atoms";

    /// <summary>From the user's file only; null when it is not set.</summary>
    public string? CatalogRoot { get; init; }

    /// <summary>Absolute.</summary>
    public required string CachePath { get; init; }

    /// <summary>Seconds; 0 refetches always, -1 never expires.</summary>
    public long DraftTtlSeconds { get; init; } = 3600;

    /// <summary>Empty when none is set.</summary>
    public string DefaultKey { get; init; } = "";

    /// <summary>Empty when none is set.</summary>
    public string DefaultBackend { get; init; } = "";

    /// <summary>Private keys in plain files are allowed. From the user's file only.</summary>
    public bool AllowInsecureKeys { get; init; }

    public bool Json { get; init; }

    public int TimeoutSeconds { get; init; } = 30;

    public bool Offline { get; init; }

    /// <summary>Other catalogs by name.</summary>
    public IReadOnlyDictionary<string, KnownCatalog> Catalogs { get; init; } = new Dictionary<string, KnownCatalog>();

    /// <summary>Backends by name. From the user's file only.</summary>
    public IReadOnlyDictionary<string, KeyBackendSettings> Backends { get; init; } = new Dictionary<string, KeyBackendSettings>();

    public static AtomSettings Defaults(string userHome) => new() { CachePath = Path.Combine(userHome, ".atoms", "cache") };
}
