using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads the declaration of a secret (specs: kits 1.7).</summary>
internal static class SecretReader
{
    public static SecretDeclaration? Read(FieldReader at)
    {
        var key = ManifestText.RequiredId(at, "key");
        var usage = ManifestText.RequiredLine(at, "usage");
        var source = at.DeclaredChoice("source");
        var format = at.DeclaredChoice("format");
        at.RefuseUnknown();
        return key is null ? null : new SecretDeclaration(key, usage ?? key with { Value = "" }, source, format);
    }
}
