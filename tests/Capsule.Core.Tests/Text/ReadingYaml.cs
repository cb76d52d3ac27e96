using System.Text;
using Capsule.Core.Text;
using Capsule.Tests;
using static Capsule.Core.Tests.Text.Documents;

namespace Capsule.Core.Tests.Text;

[TestClass]
public class ReadingYaml
{
    [TestMethod]
    [DataRow("null", "null")]
    [DataRow("~", "null")]
    [DataRow("True", "True")]
    [DataRow("yes", "\"yes\"")]
    [DataRow("12", "12")]
    [DataRow("-012", "-12")]
    [DataRow("0o17", "15")]
    [DataRow("0x1F", "31")]
    [DataRow("0b1", "\"0b1\"")]
    [DataRow("1_000", "\"1_000\"")]
    [DataRow("12:30:45", "\"12:30:45\"")]
    [DataRow("1.5", "1.5")]
    [DataRow("1.", "1")]
    [DataRow(".5e3", "500")]
    [DataRow("-.INF", "-Infinity")]
    [DataRow(".nan", "NaN")]
    [DataRow("1.2.3", "\"1.2.3\"")]
    [DataRow("2026-11-21", "\"2026-11-21\"")]
    [DataRow("'12'", "\"12\"")]
    [DataRow("\"a\\u00e9\\n\"", "\"aé\n\"")]
    [DataRow("!!str 12", "\"12\"")]
    [DataRow("! 12", "\"12\"")]
    [DataRow("!!float 12", "12")]
    [DataRow("|\n  a\n  b\n", "\"a\nb\n\"")]
    public void ScalarsFollowTheCoreSchema(string yaml, string expected) => Assert.AreEqual("{v:" + expected + "}", Show(Yaml("v: " + yaml)));

    [TestMethod]
    public void EveryNodeKnowsItsPlace()
    {
        var root = (MappingNode)Yaml("name: web\nports:\n  - 80\n  - {a: 'x'}\nlast: |\n  text\n");
        Assert.AreEqual("1:1-1:5", Range(root.Entries[0].KeySpan));
        Assert.AreEqual("1:7-1:10", Range(root.Entries[0].Value.Span));
        var ports = (SequenceNode)root.Find("ports")!.Value;
        Assert.AreEqual("3:3-4:13", Range(ports.Span));
        Assert.AreEqual("3:5-3:7", Range(ports.Items[0].Span));
        Assert.AreEqual("4:5-4:13", Range(ports.Items[1].Span));
        Assert.AreEqual("4:9-4:12", Range(((MappingNode)ports.Items[1]).Entries[0].Value.Span));
        Assert.AreEqual(5, root.Entries[2].Value.Span.Line);
    }

    [TestMethod]
    public void AliasesStandForTheirAnchors() =>
        Assert.AreEqual("{a:{x:1},b:[{x:1},{x:1}]}", Show(Yaml("a: &one {x: 1}\nb: [*one, *one]")));

    [TestMethod]
    [DataRow("a: 1\nb: 2\na: 3\n", "3:1 CAP0913 The key 'a' on line 3 stands already on line 1.")]
    [DataRow("a: 1\n'a': 3\n", "2:1 CAP0913 The key 'a' on line 2 stands already on line 1.")]
    [DataRow("8080: x", "1:1 CAP0914 A key must be a string, but this is an integer.")]
    [DataRow("? [a]\n: x", "1:3 CAP0914 A key must be a string, but this is a list.")]
    [DataRow("a: !thing 3", "1:4 CAP0915 The tag '!thing' is not allowed; only the core tags of YAML 1.2 are.")]
    [DataRow("a: !!python/object {}", "1:4 CAP0916 The tag '!!python/object' does not fit a map.")]
    [DataRow("a: !!int x", "1:4 CAP0916 The tag '!!int' does not fit a string.")]
    [DataRow("a: *b", "1:4 CAP0917 No anchor '&b' stands before this alias.")]
    [DataRow("a: &a [*a]", "1:8 CAP0918 The alias '*a' stands inside the value that it names.")]
    [DataRow("a: &a {b: 1}\nc:\n  <<: *a", "3:3 CAP0919 The merge key '<<' is not part of YAML 1.2.")]
    [DataRow("a: 1\n---\nb: 2", "2:1 CAP0912 A second document starts here; the file may hold one only.")]
    [DataRow("a: 9223372036854775808", "1:4 CAP0923 The integer '9223372036854775808' does not fit in 64 bits.")]
    [DataRow("a: 'x\u001b[2J'", "1:6 CAP0924 The character U+001B may not stand in YAML.")]
    [DataRow("", "1:1 CAP0911 The document is empty.")]
    [DataRow("# only a comment\n", "1:1 CAP0911 The document is empty.")]
    [DataRow("---\n", "1:1 CAP0911 The document is empty.")]
    public void RefusesWhatManifestsMayNotHold(string yaml, string expected) => Refuses(YamlReader.Read(Source(yaml)), expected);

    [TestMethod]
    public void CollectsAllProblemsOfOneDocument() => Refuses(
        YamlReader.Read(Source("a: 1\na: 2\nb: !x 1\n7: 1\n")),
        "2:1 CAP0913 The key 'a' on line 2 stands already on line 1.\n" +
        "3:4 CAP0915 The tag '!x' is not allowed; only the core tags of YAML 1.2 are.\n" +
        "4:1 CAP0914 A key must be a string, but this is an integer.");

    [TestMethod]
    [DataRow("a: [1, 2", 1)]
    [DataRow("a: 'text", 1)]
    [DataRow("a: 1\n b: 2\n", 2)]
    [DataRow("a:\n\t- 1\n", 2)]
    [DataRow("a: \"\\q\"", 1)]
    [DataRow("a: b: c", 1)]
    public void RefusesBrokenSyntaxWithItsPlace(string yaml, int line)
    {
        var problem = YamlReader.Read(Source(yaml)).Diagnostics.Single();
        Assert.AreEqual("CAP0910", problem.Code);
        Assert.AreEqual(line, problem.Span!.Value.Line, problem.Message + Range(problem.Span.Value));
        StringAssert.StartsWith(problem.Message, "This is not valid YAML: ");
    }

    [TestMethod]
    public void EveryTruncationOfAManifestIsReadOrRefused()
    {
        const string Manifest = "name: x\nenv: &e\n  A: \"1\\n\"\nlist: [1, {a: *e}, 'q']\ntext: |-\n  one\n  two\n? k\n: !!str v\n";
        for (var length = 0; length <= Manifest.Length; length++)
        {
            var result = YamlReader.Read(Source(Manifest[..length]));
            Assert.AreNotEqual(result.Succeeded, result.Diagnostics.Count > 0);
        }
    }

    [TestMethod]
    public void RefusesDeepNesting()
    {
        Assert.IsTrue(YamlReader.Read(Source(Nested(64))).Succeeded);
        Refuses(YamlReader.Read(Source(Nested(65))), "1:65 CAP0920 Lists and maps are nested more than 64 levels deep here.");
        Assert.IsFalse(YamlReader.Read(Source(Nested(SourceText.ManifestLimit / 2))).Succeeded);
        Assert.AreEqual("CAP0920", YamlReader.Read(Source(new string('[', SourceText.ManifestLimit))).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void RefusesDepthHiddenInAliases() => Refuses(
        YamlReader.Read(Source($"a: &a {Nested(40)}\nb: {new string('[', 30)}*a{new string(']', 30)}")),
        "2:34 CAP0920 Lists and maps are nested more than 64 levels deep here.");

    [TestMethod]
    public void RefusesABillionLaughs()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
        {
            yaml.Append($"a{i}: &a{i} [").AppendJoin(", ", Enumerable.Repeat($"*a{i - 1}", 10)).Append("]\n");
        }

        var problem = YamlReader.Read(Source(yaml.ToString())).Diagnostics.Single();
        Assert.AreEqual("CAP0921", problem.Code);
        Assert.AreEqual("With all aliases written out, the document has more than 100000 values.", problem.Message);
    }

    [TestMethod]
    public void RefusesALongTextRepeatedByAliases()
    {
        var yaml = $"a: &a {new string('x', 100_000)}\nb: [{string.Join(',', Enumerable.Repeat("*a", 100))}]";
        Assert.AreEqual("CAP0922", YamlReader.Read(Source(yaml)).Diagnostics.Single().Code);
    }

    [TestMethod]
    [Timeout(60_000)]
    [DataRow("[1, ")]
    [DataRow("? ")]
    [DataRow("- ")]
    [DataRow("{a: ")]
    [DataRow("!!str ")]
    [DataRow("&a ")]
    [DataRow("a: 1\n")]
    [DataRow("- [a, b, c, d]\n")]
    [DataRow("\"a\"\n")]
    [DataRow("a\n ")]
    [DataRow("\n")]
    public void AFullSizedManifestOfOneThingIsReadOrRefusedQuickly(string piece)
    {
        var yaml = string.Concat(Enumerable.Repeat(piece, SourceText.ManifestLimit / piece.Length));
        var before = Environment.CpuUsage.TotalTime;
        YamlReader.Read(Source(yaml));
        Assert.IsLessThan(4, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    [TestMethod]
    public void ReadsTheKitsAndCatalogsOfOthers()
    {
        var files = Directory.GetFiles(Vectors.Sample(), "*.y*ml", SearchOption.AllDirectories);
        Assert.IsGreaterThan(1, files.Length);
        foreach (var file in files)
        {
            var result = YamlReader.Read(Good(SourceText.Load(file)));
            Assert.IsTrue(result.Succeeded, file + "\n" + Print(result.Diagnostics));
        }
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
