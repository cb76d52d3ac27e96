using Capsule.Distribution.Sources;

namespace Capsule.Operations.Kits.Catalogs;

/// <summary>One Kit of a catalog. All texts are one line each, without control characters.</summary>
public sealed record CatalogEntry
{
    /// <summary>The name in the Kit's manifest.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<string> WhatItDoes { get; init; } = [];

    /// <summary>The repository, which can be run as it stands.</summary>
    public required GitLocation Repository { get; init; }

    public IReadOnlyList<string> Technologies { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool Featured { get; init; }

    /// <summary>Smaller comes first.</summary>
    public long Order { get; init; }

    /// <summary>True when it says that its tools are meant for agents too.</summary>
    public bool IsSkill { get; init; }

    /// <summary>Whether all of these words are in what it says about itself; case does not matter.</summary>
    public bool Says(IEnumerable<string> words) => words.All(word =>
        new[] { Name, DisplayName, Description }.Concat(WhatItDoes).Concat(Technologies).Concat(Tags).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
