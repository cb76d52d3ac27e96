using System.Text.RegularExpressions;
using System.Xml.Linq;
using Capsule.Tests;

namespace Capsule.Tasks.Tests.Sdk;

/// <summary>The SDK's own props and targets, read as text.</summary>
internal static partial class SdkFiles
{
    public static IReadOnlyList<XDocument> All { get; } =
        [.. Directory.EnumerateFiles(Checkout.File("sdk"), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".props", StringComparison.Ordinal) || f.EndsWith(".targets", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => XDocument.Load(f, LoadOptions.SetBaseUri | LoadOptions.SetLineInfo))];

    public static IEnumerable<XElement> Targets => All.SelectMany(d => d.Descendants("Target"));

    public static IEnumerable<string> PropertiesSet =>
        All.SelectMany(d => d.Descendants("PropertyGroup").Elements().Select(e => e.Name.LocalName)
            .Concat(d.Descendants("Output").Select(o => o.Attribute("PropertyName")?.Value).OfType<string>()));

    public static IEnumerable<string> ItemsSet =>
        All.SelectMany(d => d.Descendants("ItemGroup").Elements().Select(e => e.Name.LocalName)
            .Concat(d.Descendants("OutputItemType").Select(e => e.Value))
            .Concat(d.Descendants("Output").Select(o => o.Attribute("ItemName")?.Value).OfType<string>()));

    public static IEnumerable<string> PropertiesRead => Read(PropertyUse());

    public static IEnumerable<string> ItemsRead => Read(ItemUse());

    private static IEnumerable<string> Read(Regex use) =>
        All.SelectMany(d => d.Descendants().Attributes().Select(a => a.Value)
                .Concat(d.Descendants().Where(e => !e.HasElements).Select(e => e.Value)))
            .SelectMany(text => use.Matches(text).Select(m => m.Groups[1].Value)).Distinct();

    [GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex PropertyUse();

    [GeneratedRegex(@"(?:@\(|%\((?=\w+\.))([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex ItemUse();
}
