using Capsule.Cli;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>Every diagnostic code has an area, a hint, a test and a page (design.md 4).</summary>
[TestClass]
public sealed class Codes
{
    /// <summary>The hundreds of the codes, and the only room whose tables may use them.</summary>
    private static readonly Dictionary<string, string[]> Areas = new()
    {
        ["Capsule.Core"] = ["09", "20", "90"],
        ["Capsule.Trust"] = ["30", "31", "32", "33"],
        ["Capsule.Families"] = ["00", "02", "03", "04", "06", "08", "09", "22", "57", "59"],
        ["Capsule.Packaging"] = ["10", "21", "22", "23"],
        ["Capsule.Distribution"] = ["40", "41", "42", "43"],
        ["Capsule.Runtime"] = ["51", "52", "53", "54", "55", "57", "59", "60"],
        ["Capsule.Operations"] = ["43", "50", "54", "55", "57", "59", "60", "92"],
        ["capsule"] = ["55", "57", "91", "92"],
    };

    [TestMethod]
    public void LieInTheRangeOfTheirRoom()
    {
        var astray = from room in Areas
                     from kind in Core.Diagnostics.DiagnosticCatalog.Of(System.Reflection.Assembly.Load(room.Key)).Kinds
                     where !room.Value.Contains(kind.Code[3..5])
                     select $"{kind.Code} stands in a table of {room.Key}.";

        Assert.AreEqual("", string.Join('\n', astray));
    }

    /// <summary>Reading the catalog throws where two kinds share a code.</summary>
    [TestMethod]
    public void AreUniqueAndSayWhatToDo()
    {
        var silent = Catalog.All.Kinds.Where(k => string.IsNullOrWhiteSpace(k.Hint) || string.IsNullOrWhiteSpace(k.Message)).Select(k => k.Code);

        Assert.IsTrue(Catalog.All.Kinds.Count > 300);
        Assert.AreEqual("", string.Join(' ', silent));
    }

    [TestMethod]
    public async Task AreEachNamedByATest()
    {
        var tests = string.Concat((await TrackedFiles.ReadTextsAsync()).Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(f => f.Text));

        var untested = Catalog.All.Kinds.Where(k => !tests.Contains(k.Code, StringComparison.Ordinal)).Select(k => $"{k.Code} {k.Message}");

        Assert.AreEqual("", string.Join('\n', untested));
    }
}
