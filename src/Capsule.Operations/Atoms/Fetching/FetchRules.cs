namespace Capsule.Operations.Atoms.Fetching;

/// <summary>What one fetch may cost and where it may lead (specs: atoms 9.1).</summary>
public sealed record FetchRules
{
    /// <summary>For one attempt, its redirects and the last byte included: a server that drips is a server that hangs.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>False asks nobody.</summary>
    public bool Network { get; init; } = true;

    public int Redirects { get; init; } = 5;

    /// <summary>Bytes of a document, decompressed: 32 MiB.</summary>
    public int Limit { get; init; } = 32 << 20;

    /// <summary>Further attempts after a timeout or an answer 5xx.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Before the first further attempt; twice as long before the next.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(250);

    public static FetchRules Of(AtomSettings settings) => new() { Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds), Network = !settings.Offline };
}
