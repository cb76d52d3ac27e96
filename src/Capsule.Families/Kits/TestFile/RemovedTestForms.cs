using Capsule.Core.Text;
using Capsule.Families.Kits.Reading;

namespace Capsule.Families.Kits.TestFile;

/// <summary>The old form of a test, still found in stored Kits (specs: kits 2.1).</summary>
internal static class RemovedTestForms
{
    private static readonly (string Key, string Instead)[] Forms =
    [
        ("test", "'id' with a short name"),
        ("exposed_path", "'exposed_path' under 'target', with kind: mcp or http"),
        ("tool", "'tool' under 'request', with kind: mcp"),
        ("inputs", "'inputs' under 'request'"),
        ("command", "'command' under 'request', with kind: exec"),
        ("verboseOutput", "'verbose_output'"),
    ];

    public static bool Check(FieldReader at) => Forms.Count(form => RemovedForms.Check(at, form.Key, form.Instead)) > 0;
}
