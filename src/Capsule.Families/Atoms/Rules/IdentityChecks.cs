namespace Capsule.Families.Atoms.Rules;

/// <summary>Check 3: id and version are those of the folder.</summary>
internal static class IdentityChecks
{
    public static void Run(AtomCheck check)
    {
        if (check.Manifest.Id is not { } id || check.Manifest.Version is not { } version)
        {
            return;
        }

        if (AtomReference.Of(id.Value, AtomNames.IsVersion(version.Value) ? version.Value : "0.0.0") is not { } named)
        {
            check.Report(AtomDiagnostics.Malformed.At(id.Span, "id", "catalog/class/slug in lower-case letters, digits and hyphens; dots and underscores in the slug only", $"'{id.Value}'"));
            return;
        }

        var folder = Path.GetRelativePath(check.Catalog.Root, check.Folder).Replace(Path.DirectorySeparatorChar, '/');
        var place = check.Catalog.PlaceOf(named with { Version = version.Value });
        if (named.Catalog != check.Catalog.Name.Value || check.Place is null || (check.Place.Class, check.Place.Slug, check.Place.Version) != (named.Class, named.Slug, version.Value))
        {
            check.Report(AtomDiagnostics.IdIsNotFolder.At(
                id.Span, id.Value, version.Value, folder, named.Catalog != check.Catalog.Name.Value ? $"the catalog '{named.Catalog}'; this one is '{check.Catalog.Name.Value}'" : place));
        }
        else if (check.Place.IsOldLayout)
        {
            check.Report(AtomNoticeDiagnostics.OldLayout.At(id.Span, folder, place));
        }
    }
}
