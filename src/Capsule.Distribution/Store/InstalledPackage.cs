namespace Capsule.Distribution.Store;

/// <summary>A package in the store, as its <c>installed.json</c> says.</summary>
/// <param name="Family">capsule, kit, workflow, plugin or atom.</param>
/// <param name="Publisher">The scope it was installed under.</param>
/// <param name="Slug">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Identity"><c>capsule-tree/1:</c> and 64 hex digits; checked again before it runs.</param>
/// <param name="Manifest">The manifest's path inside the tree.</param>
/// <param name="Origin">The feed or file it came from.</param>
/// <param name="Signers">Who signed it, as the trust policy named them; empty when it was allowed unsigned.</param>
public sealed record InstalledPackage(
    string Family,
    string Publisher,
    string Slug,
    string Version,
    string Identity,
    string Manifest,
    string Origin,
    IReadOnlyList<string> Signers)
{
    public string Schema { get; init; } = "capsule-installed/1";

    /// <summary>True when a rule of the trust policy covered it, not only a person's yes or nobody (trust.md: first use).</summary>
    public bool ByRule { get; init; }

    public PackageName Name => new(Publisher, Slug, Version);
}
