namespace Capsule.Operations.Atoms;

/// <summary>What every command about atoms is called with (specs: atoms 8, 11).</summary>
public sealed record AtomCall
{
    /// <summary>Absolute; what relative paths of the call are relative to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The user's home: <c>.atoms/config.toml</c> and <c>~</c>.</summary>
    public required string UserHome { get; init; }

    /// <summary>--catalog; null when it is not given.</summary>
    public string? Catalog { get; init; }

    /// <summary>--config; replaces the user's file and has to exist.</summary>
    public string? Config { get; init; }

    /// <summary>--strict.</summary>
    public bool Strict { get; init; }

    /// <summary>The atom, folder or file that the call is about; null for the working directory.</summary>
    public string? Path { get; init; }

    /// <summary>The time of this call, in signatures and for keys that expire.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>References may be looked up on the network. False never asks a host, whatever the settings say: builds and <c>verify</c> do not.</summary>
    public bool Network { get; init; }

    public string FullPath => System.IO.Path.GetFullPath(Path ?? ".", WorkingDirectory);
}
