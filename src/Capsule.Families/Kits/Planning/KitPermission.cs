using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Composition;

namespace Capsule.Families.Kits.Planning;

/// <summary>Permissions of a Kit, each with the place in the manifest that asks for it.</summary>
internal static class KitPermission
{
    public static Permission For<T>(KitTree kit, string id, Field<T> field, string grant) =>
        new(id, Origin(kit, field.Path, field.Span), grant);

    public static Origin Origin(KitTree kit, FieldPath path, SourceSpan span) => new(kit.Manifest.FileName, path.Pointer, SourceRange.From(span));
}
