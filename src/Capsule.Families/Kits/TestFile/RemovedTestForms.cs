using Capsule.Core.Text;
using Capsule.Families.Kits.Reading;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.TestFile;

/// <summary>The old form of a test, still found in stored Kits (specs: kits 2.1).</summary>
internal static class RemovedTestForms
{
    public static bool Check(FieldReader at) =>
        KitTestShape.Case.Fields.Where(f => f.Instead is not null).Count(f => RemovedForms.Check(at, f.Key)) > 0;
}
