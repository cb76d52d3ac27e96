using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.Reading;

/// <summary>Forms of older Kits that <see cref="OldForms"/> cannot read as anything (specs: kits 1.10): refused, with what to write now.</summary>
internal static class RemovedForms
{
    /// <summary>True when the key is there, even as null; it is then reported, and is no unknown field any more.</summary>
    public static bool Check(FieldReader at, string key)
    {
        at.Ignore(key);
        if (at.KeySpan(key) is not { } span)
        {
            return false;
        }

        at.Report(KitDiagnostics.Removed.At(span, key, at.Instead(key)));
        return true;
    }
}
