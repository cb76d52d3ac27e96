using System.Text;
using System.Text.Json;
using Capsule.Core.Text;
using Capsule.Tests;
using static Capsule.Core.Tests.Text.Documents;

namespace Capsule.Core.Tests.Text;

[TestClass]
public class ReadingToml
{
    [TestMethod]
    public void EveryValidDocumentHasItsValues()
    {
        var wrong = new StringBuilder();
        foreach (var name in TomlVectors.Valid)
        {
            var result = TomlReader.Read(Good(SourceText.Load(TomlVectors.File(name))));
            using var expected = JsonDocument.Parse(File.ReadAllBytes(TomlVectors.File(Path.ChangeExtension(name, ".json"))));
            var difference = result.Succeeded ? TomlVectors.Difference(result.Value, expected.RootElement) : Print(result.Diagnostics);
            wrong.Append(difference.Length == 0 ? "" : $"{name}\n{difference}\n");
        }

        Assert.AreEqual("", wrong.ToString());
        Assert.HasCount(210, TomlVectors.Valid);
    }

    [TestMethod]
    public void EveryInvalidDocumentIsRefusedWithAPlaceInsideIt()
    {
        var wrong = new StringBuilder();
        foreach (var name in TomlVectors.Invalid)
        {
            var source = SourceText.Load(TomlVectors.File(name));
            var diagnostics = source.Succeeded ? TomlReader.Read(source.Value).Diagnostics : source.Diagnostics;
            var lines = File.ReadAllText(TomlVectors.File(name), Encoding.Latin1).Split('\n').Length;
            if (diagnostics.Count != 1 || diagnostics[0].Span is not { Line: > 0, Column: > 0 } span || span.Line > lines)
            {
                wrong.AppendLine(name + " " + Print(diagnostics));
            }
        }

        Assert.AreEqual("", wrong.ToString());
        Assert.HasCount(499, TomlVectors.Invalid);
    }

    [TestMethod]
    public void ReadsTheManifestsOfOthers()
    {
        var files = Directory.GetFiles(Vectors.Sample(), "*.toml", SearchOption.AllDirectories);
        Assert.IsGreaterThan(10, files.Length);
        foreach (var file in files)
        {
            var result = TomlReader.Read(Good(SourceText.Load(file)));
            Assert.IsTrue(result.Succeeded, file + "\n" + Print(result.Diagnostics));
        }
    }

    [TestMethod]
    public void EveryNodeKnowsItsPlace()
    {
        var root = Toml("name = 'a'\n[server]\nports = [1, 22] # two\n\"odd key\" . x = true\n[[item]]\n[[item]]\nn = { a = 1 }\n");
        Assert.AreEqual("1:1-1:5", Range(root.Find("name")!.KeySpan));
        Assert.AreEqual("1:8-1:11", Range(root.Find("name")!.Value.Span));
        var server = (MappingNode)root.Find("server")!.Value;
        Assert.AreEqual("2:1-2:9", Range(server.Span));
        Assert.AreEqual("2:2-2:8", Range(root.Find("server")!.KeySpan));
        Assert.AreEqual("3:9-3:16", Range(server.Find("ports")!.Value.Span));
        Assert.AreEqual("4:1-4:10", Range(server.Find("odd key")!.KeySpan));
        var items = (SequenceNode)root.Find("item")!.Value;
        Assert.AreEqual("6:1-6:9", Range(items.Items[1].Span));
        Assert.AreEqual("7:5-7:14", Range(((MappingNode)items.Items[1]).Find("n")!.Value.Span));
    }

    [TestMethod]
    [DataRow("a = ", "1:5 CAP0930 Expected a value, but found the end of the file.")]
    [DataRow("a 1", "1:3 CAP0930 Expected '=' after a key, but found '1'.")]
    [DataRow("a = 1 2", "1:7 CAP0930 Expected the end of the line after a value, but found '2'.")]
    [DataRow("a = [1 2]", "1:8 CAP0930 Expected ',' or ']' after an item of an array, but found '2'.")]
    [DataRow("a = { b = 1\n}", "1:12 CAP0930 Expected ',' or '}' after a value of an inline table, on the same line, but found the end of the line.")]
    [DataRow("[a\n", "1:3 CAP0930 Expected ']' after the name of a table, but found the end of the line.")]
    [DataRow("[[a]\n", "1:5 CAP0930 Expected ']]' after the name of a list of tables, but found the end of the line.")]
    [DataRow("😀 = 1", "1:1 CAP0930 Expected a key, but found '😀'.")]
    [DataRow("a = 1\r", "1:6 CAP0930 Expected the end of the line after a value, but found the control character U+000D.")]
    [DataRow("a = 'x", "1:5 CAP0931 The string that starts here is not closed before the end of the file.")]
    [DataRow("a = \"x\nb = 1", "1:5 CAP0931 The string that starts here is not closed before the end of the line.")]
    [DataRow("a = '''\nx", "1:5 CAP0931 The string that starts here is not closed before the end of the file.")]
    [DataRow("a = \"\u0001\"", "1:6 CAP0932 The control character U+0001 may not stand in a string.")]
    [DataRow("# \u007F", "1:3 CAP0932 The control character U+007F may not stand in a comment.")]
    [DataRow("a = \"\\q\"", "1:6 CAP0933 '\\q' is not an escape of TOML 1.0.")]
    [DataRow("a = \"\\u12\"", "1:6 CAP0933 '\\u12\"' is not an escape of TOML 1.0.")]
    [DataRow("a = \"\\uD800\"", "1:6 CAP0934 The escape '\\uD800' does not name a Unicode character.")]
    [DataRow("a = 012", "1:5 CAP0935 '012' is not a number: it may not start with 0.")]
    [DataRow("a = 1__0", "1:5 CAP0935 '1__0' is not a number: an underscore must stand between two digits.")]
    [DataRow("a = 1.", "1:5 CAP0935 '1.' is not a number: a digit is missing.")]
    [DataRow("a = 12px", "1:5 CAP0935 '12px' is not a number: 'p' is not a digit of it.")]
    [DataRow("a = 9223372036854775808", "1:5 CAP0936 The integer '9223372036854775808' does not fit in 64 bits.")]
    [DataRow("a = 2026-02-29", "1:5 CAP0937 '2026-02-29' is not a date or time: the day must be from 01 to 28.")]
    [DataRow("a = 24:00:00", "1:5 CAP0937 '24:00:00' is not a date or time: the hour must be from 00 to 23.")]
    [DataRow("a = True", "1:5 CAP0938 'True' is not a value.")]
    [DataRow("a = 1\nb.c = 1\nb.c = 2", "3:3 CAP0939 The key 'b.c' on line 3 stands already on line 2.")]
    [DataRow("[a]\n[a]", "2:2 CAP0940 The table 'a' on line 2 is defined already on line 1.")]
    [DataRow("[a]\nb.c = 1\n[a.b]", "3:4 CAP0940 The table 'a.b' on line 3 is defined already on line 2.")]
    [DataRow("a = []\n[[a]]", "2:3 CAP0941 Nothing can be added to 'a' here: on line 1 it is a list.")]
    [DataRow("a = {}\n[a.b]", "2:2 CAP0941 Nothing can be added to 'a' here: on line 1 it is an inline table, which is complete as it stands.")]
    [DataRow("[a.b]\n[a]\nb.c = 1", "3:1 CAP0941 Nothing can be added to 'b' here: on line 1 it is a table with a place of its own.")]
    public void SaysWhatIsWrongAndWhere(string toml, string expected) => Refuses(TomlReader.Read(Source(toml)), expected);

    [TestMethod]
    public void TakesTheLargestAndSmallestNumbers() => Assert.AreEqual(
        "{a:9223372036854775807,b:-9223372036854775808,c:9223372036854775807}",
        Show(Toml("a = 9223372036854775807\nb = -9223372036854775808\nc = 0x7fffffffffffffff")));

    [TestMethod]
    public void QuotesMayStandBeforeTheClosingOnes() => Assert.AreEqual(
        "{a:\"x\"\"\",b:\"x\"\"}", Show(Toml("a = \"\"\"x\"\"\"\"\"\nb = \"\"\"x\\\"\"\"\"\n")));

    [TestMethod]
    public void RefusesDepthHoweverItIsWritten()
    {
        var levels = Enumerable.Repeat("a", 65);
        foreach (var toml in new[]
        {
            $"a = {new string('[', 65)}{new string(']', 65)}",
            $"a = {string.Concat(Enumerable.Repeat("{a = ", 65))}1{new string('}', 65)}",
            $"{string.Join('.', levels)} = 1",
            $"[{string.Join('.', levels)}]",
            string.Join('\n', Enumerable.Range(1, 40).Select(i => $"[[{string.Join('.', Enumerable.Repeat("a", i))}]]")),
            $"a = {new string('[', SourceText.ManifestLimit - 10)}",
        })
        {
            var problem = TomlReader.Read(Source(toml)).Diagnostics.Single();
            Assert.AreEqual("CAP0942 Tables and lists are nested more than 64 levels deep here.", $"{problem.Code} {problem.Message}");
        }

        Assert.IsTrue(TomlReader.Read(Source($"a = {new string('[', 64)}{new string(']', 64)}")).Succeeded);
    }

    [TestMethod]
    public void RefusesTooManyValues()
    {
        var toml = $"a = [{string.Concat(Enumerable.Repeat("1,", TomlLimits.Nodes))}]";
        Assert.AreEqual("CAP0943", TomlReader.Read(Source(toml)).Diagnostics.Single().Code);
    }

    [TestMethod]
    [DataRow("[", "")]
    [DataRow("[[a.b.c.d]]\n", "")]
    [DataRow("[1,", "a = [")]
    [DataRow("{", "a = [")]
    [DataRow("a.", "")]
    [DataRow("a={a=1},", "x = {")]
    [DataRow("\"", "a = ")]
    [DataRow("\"\"\"", "a = ")]
    [DataRow("\\\n", "a = \"\"\"")]
    [DataRow("\\", "a = \"\"\"")]
    [DataRow("\\\\", "a = \"\"\"")]
    [DataRow("1_", "a = ")]
    [DataRow("1", "a = ")]
    [DataRow("1", "a = 0.")]
    [DataRow("#\n", "")]
    [DataRow("\n", "a = [")]
    public void AFullSizedManifestOfOneThingIsReadOrRefusedQuickly(string piece, string start) => Quick(
        start + string.Concat(Enumerable.Repeat(piece, (SourceText.ManifestLimit - start.Length) / piece.Length)));

    [TestMethod]
    public void AFullSizedManifestOfManyNamesIsReadQuickly()
    {
        foreach (var line in new Func<int, string>[]
        {
            i => $"[t{i}]\n", i => $"[a.b.c.d.e.f.g.t{i}]\n", i => $"[[t]]\nx.y.z = {i}\n", i => $"k{i} = 1\n", i => $"a.b.c.d.e.f.k{i} = 1\n",
        })
        {
            var toml = new StringBuilder();
            for (var i = 0; toml.Length < SourceText.ManifestLimit - 64; i++)
            {
                toml.Append(line(i));
            }

            Quick(toml.ToString());
        }
    }

    [TestMethod]
    public void EveryTruncationIsReadOrRefused()
    {
        const string Manifest = "a.b = [1, 'x', {c = 1.5e3}]\n[t.\"u\"]\nd = 2026-11-21 07:32:00.5Z # now\ns = \"\"\"\n\\u00e9\\\n  x\"\"\"\n[[l]]\nz = -inf\n";
        Assert.IsTrue(TomlReader.Read(Source(Manifest)).Succeeded);
        for (var length = 0; length < Manifest.Length; length++)
        {
            var result = TomlReader.Read(Source(Manifest[..length]));
            Assert.AreNotEqual(result.Succeeded, result.Diagnostics.Count > 0);
        }
    }

    private static MappingNode Toml(string text) => Good(TomlReader.Read(Source(text)));

    private static void Quick(string toml)
    {
        // Processor time, so that a busy machine does not fail the test.
        var before = Environment.CpuUsage.TotalTime;
        TomlReader.Read(Source(toml));
        Assert.IsLessThan(2, (Environment.CpuUsage.TotalTime - before).TotalSeconds, toml[..40]);
    }
}
