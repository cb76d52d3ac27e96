using System.Diagnostics;
using System.Globalization;
using System.Text;
using Capsule.Core.Identity.Unicode;

namespace Capsule.Core.Tests.Identity;

[TestClass]
public class NormalizationTests
{
    [TestMethod]
    [DataRow("e\u0301", "\u00E9", DisplayName = "composes")]
    [DataRow("\u212B", "\u00C5", DisplayName = "singletons are replaced")]
    [DataRow("\u0344", "\u0308\u0301", DisplayName = "non-starter decompositions stay apart")]
    [DataRow("\u0958", "\u0915\u093C", DisplayName = "excluded compositions stay apart")]
    [DataRow("a\u0323\u0307\u0301", "\u1EA1\u0307\u0301", DisplayName = "marks compose in canonical order")]
    [DataRow("q\u0307\u0323", "q\u0323\u0307", DisplayName = "marks are reordered")]
    [DataRow("\u1112\u1161\u11AB", "\uD55C", DisplayName = "Hangul composes")]
    [DataRow("\uAC00\u11A8", "\uAC01", DisplayName = "Hangul takes a tail")]
    [DataRow("\uAC00\u11A7", "\uAC00\u11A7", DisplayName = "the tail base is no tail")]
    [DataRow("\U0001D15E", "\U0001D157\U0001D165", DisplayName = "musical symbols outside the basic plane")]
    [DataRow("\u1E9B\u0323", "\u1E9B\u0323", DisplayName = "already composed")]
    public void FormCIs(string text, string expected)
    {
        Assert.AreEqual(expected, NormalizationFormC.Normalize(text));
        Assert.IsTrue(NormalizationFormC.IsNormalized(expected));
        Assert.AreEqual(text == expected, NormalizationFormC.IsNormalized(text));
    }

    [TestMethod]
    [DataRow("README.md", "readme.md")]
    [DataRow("Straße", "strasse")]
    [DataRow("\uFB03", "ffi")]
    [DataRow("ΣΑΣς", "σασσ")]
    [DataRow("İ", "i\u0307")]
    [DataRow("ᏸ", "Ᏸ")]
    [DataRow("\U00010400", "\U00010428")]
    [DataRow("Ǆǅǆ", "ǆǆǆ")]
    public void FoldedIs(string text, string expected) => Assert.AreEqual(expected, CaseFolding.Fold(text));

    [TestMethod]
    public void EveryLineOfTheConformanceTestAgrees()
    {
        const string Packed = "/usr/share/unicode/NormalizationTest.txt.bz2";
        if (!File.Exists(Packed))
        {
            Assert.Inconclusive("Debian's unicode-data is not installed; the constants in this class stand for it.");
        }

        using var unpack = Process.Start(new ProcessStartInfo("bzip2", ["-dc", Packed]) { RedirectStandardOutput = true })!;
        var lines = unpack.StandardOutput.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] is not ('#' or '@')).ToArray();
        unpack.WaitForExit();
        foreach (var line in lines)
        {
            var columns = line.Split('#')[0].Split(';').Take(5).Select(Text).ToArray();
            foreach (var source in columns[..3])
            {
                Assert.AreEqual(columns[1], NormalizationFormC.Normalize(source), line);
            }

            foreach (var source in columns[3..])
            {
                Assert.AreEqual(columns[3], NormalizationFormC.Normalize(source), line);
            }
        }

        Assert.IsGreaterThan(18_000, lines.Length);
    }

    private static string Text(string points)
    {
        var text = new StringBuilder();
        foreach (var point in points.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(new Rune(int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        }

        return text.ToString();
    }
}
