using System.Text.RegularExpressions;
using Capsule.Tests;

namespace Capsule.Tasks.Tests.Sdk;

/// <summary>sdk/docs/properties.md names exactly what a user may set, fill or call.</summary>
[TestClass]
public partial class Documentation
{
    internal static IReadOnlyList<string> Properties => Table("Properties");

    internal static IReadOnlyList<string> Items => Table("Items");

    private static IEnumerable<string> Public(IEnumerable<string> names) =>
        names.Where(n => n.StartsWith("Capsule", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);

    [TestMethod]
    public void NamesEveryProperty()
    {
        CollectionAssert.AreEqual(
            Public(SdkFiles.PropertiesSet.Concat(SdkFiles.PropertiesRead)).Except(Names.Refused).ToArray(),
            Public(Properties).ToArray(),
            string.Join('\n', Public(SdkFiles.PropertiesSet.Concat(SdkFiles.PropertiesRead)).Except(Properties)));
    }

    [TestMethod]
    public void NamesEveryItem()
    {
        CollectionAssert.AreEqual(Public(SdkFiles.ItemsSet.Concat(SdkFiles.ItemsRead)).ToArray(), Public(Items).ToArray());
    }

    [TestMethod]
    public void NamesEveryTarget()
    {
        var targets = SdkFiles.Targets.Select(t => t.Attribute("Name")!.Value).Where(n => n[0] != '_')
            .Except(["CoreCompile", "CompileDesignTime", "CreateManifestResourceNames"]);

        CollectionAssert.AreEquivalent(targets.ToArray(), Table("Targets").ToArray());
    }

    private static List<string> Table(string heading)
    {
        var text = File.ReadAllText(Checkout.File("sdk", "docs", "properties.md"));
        var section = text.Split("\n## ").Single(s => s.StartsWith(heading + "\n", StringComparison.Ordinal));
        return [.. Row().Matches(section).Select(m => m.Groups[1].Value)];
    }

    [GeneratedRegex(@"^\| `([A-Za-z]+)`", RegexOptions.Multiline)]
    private static partial Regex Row();
}
