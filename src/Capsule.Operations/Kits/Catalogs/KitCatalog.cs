namespace Capsule.Operations.Kits.Catalogs;

/// <summary>A catalog of Kits (specs: kits 6).</summary>
/// <param name="From">Where it was read: a file, or a repository with its commit.</param>
/// <param name="Groups">Its tags, in its own order.</param>
/// <param name="Entries">Featured ones first, then by their order and name.</param>
public sealed record KitCatalog(string From, IReadOnlyList<TagGroup> Groups, IReadOnlyList<CatalogEntry> Entries);

/// <summary>Tags that belong together.</summary>
/// <param name="Name">For example Interfaces.</param>
/// <param name="Description">One line; may be empty.</param>
/// <param name="Tags">In the catalog's order.</param>
public sealed record TagGroup(string Name, string Description, IReadOnlyList<string> Tags);
