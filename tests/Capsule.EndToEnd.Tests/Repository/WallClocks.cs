using System.Text.RegularExpressions;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>A clock may be set while something waits: durations are measured by a clock that nobody sets (Stopwatch, timestamps).</summary>
[TestClass]
public sealed partial class WallClocks
{
    /// <summary>Files that compare with times which only the wall clock has.</summary>
    private static readonly string[] Exceptions = ["src/Capsule.Core/Files/StaleFiles.cs"];

    [TestMethod]
    public void MeasureNoDuration()
    {
        var found = from file in Directory.EnumerateFiles(Checkout.File("src"), "*.cs", SearchOption.AllDirectories)
                    let name = Path.GetRelativePath(Checkout.File("."), file)
                    where !name.Contains("/obj/", StringComparison.Ordinal) && !Exceptions.Contains(name)
                    from line in File.ReadLines(file).Index()
                    where Arithmetic().IsMatch(line.Item)
                    select $"{name}({line.Index + 1}): {line.Item.Trim()}";
        Assert.IsEmpty(found, string.Join('\n', found));
    }

    [TestMethod]
    [DataRow("var end = DateTime.UtcNow + patience;", true)]
    [DataRow("while (DateTimeOffset.UtcNow < end)", true)]
    [DataRow("await Task.Delay(end - DateTime.UtcNow);", true)]
    [DataRow("if (known.Until <= clock.GetUtcNow())", true)]
    [DataRow("Started = DateTimeOffset.UtcNow,", false)]
    public void AreFoundByTheRule(string line, bool found) => Assert.AreEqual(found, Arithmetic().IsMatch(line));

    [GeneratedRegex(@"UtcNow(\(\))?\s*([-+<>]|\.(Add|Subtract))|[-+<>]=?\s*[\w.]*UtcNow|\bDateTime(Offset)?\.Now\b")]
    private static partial Regex Arithmetic();
}
