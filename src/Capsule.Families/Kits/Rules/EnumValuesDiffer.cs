using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>The values of an enum differ (specs: kits 1.6).</summary>
internal static class EnumValuesDiffer
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) => kit.Options.SelectMany(o => Listed.Twice(o.EnumValues));
}
