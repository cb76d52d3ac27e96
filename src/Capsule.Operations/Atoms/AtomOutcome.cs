using Capsule.Core.Diagnostics;
using Capsule.Operations.Atoms.Caching;

namespace Capsule.Operations.Atoms;

/// <summary>What a command about atoms found and did.</summary>
/// <param name="Atoms">By path.</param>
/// <param name="Problems">Those tied to no atom; warnings included.</param>
public sealed record AtomOutcome(IReadOnlyList<AtomResult> Atoms, IReadOnlyList<Diagnostic> Problems)
{
    public static AtomOutcome Failed(IEnumerable<Diagnostic> problems) => new([], [.. problems]);

    /// <summary>What a command about the cache lists; null for other commands.</summary>
    public IReadOnlyList<CacheEntry>? Entries { get; init; }

    /// <summary>The one entry that <c>cache inspect</c> looked at.</summary>
    public CacheEntry? Entry { get; init; }

    /// <summary>The first error decides the exit code.</summary>
    public Diagnostic? FirstError => Problems.Concat(Atoms.SelectMany(a => a.Problems)).FirstOrDefault(p => p.IsError);
}

/// <summary>One atom in the answer of a command. What a command does not tell stays null.</summary>
public sealed record AtomResult
{
    /// <summary>The full reference; null when it cannot be read.</summary>
    public string? Id { get; init; }

    /// <summary>Of <c>atom.toml</c>: relative to the catalog, with <c>/</c>.</summary>
    public required string Path { get; init; }

    public IReadOnlyList<Diagnostic> Problems { get; init; } = [];

    /// <summary>Lower-case hex digits, as the file says now.</summary>
    public string? ContentHash { get; init; }

    public bool? Changed { get; init; }

    public string? Lifecycle { get; init; }

    public string? PublishedAt { get; init; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<AtomSignatureResult>? Signatures { get; init; }

    public AtomQuorum? Quorum { get; init; }

    public bool IsValid => !Problems.Any(p => p.IsError);
}
