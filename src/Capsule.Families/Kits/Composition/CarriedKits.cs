using Capsule.Core.Identity;
using Capsule.Core.Plans;

namespace Capsule.Families.Kits.Composition;

/// <summary>
/// What a package carries of Kits that its author takes from folders outside of the project: their files, below <c>_packages/&lt;id&gt;/</c>, the
/// folder that Kits keep out of version control for this (specs: kits 4). So a package runs where those folders are not.
/// </summary>
internal static class CarriedKits
{
    public static string PlaceOf(string id) => "_packages/" + id;

    /// <summary>The entries of the package, in the order of packages.</summary>
    public static IReadOnlyList<PackEntry> With(IReadOnlyList<PackEntry> own, KitTree kit, string project) =>
    [
        .. own.Concat(
            from child in kit.All
            where child is { IsCarried: true, Files: not null }
            from entry in child.Files!.Pack.Entries
            select entry with { Path = $"{PlaceOf(child.Id)}/{entry.Path}", Source = entry.Source is { } source ? Relative(project, child.Files!.Directory, source) : null })
            .OrderBy(e => e.Path, TreePathOrder.Instance),
    ];

    private static string Relative(string project, string folder, string source) =>
        Path.GetRelativePath(project, Path.Combine(folder, source)).Replace(Path.DirectorySeparatorChar, '/');
}
