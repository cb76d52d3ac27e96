using Capsule.Core.Text;
using static Capsule.Core.Tests.Text.Documents;

namespace Capsule.Core.Tests.Text;

[TestClass]
public class EditingYaml
{
    private static readonly MappingNode Item = Nodes.Map([new("id", Nodes.String("new")), new("ok", Nodes.Boolean(true))]);

    [TestMethod]
    public void AValueIsReplacedWhereItStands()
    {
        Assert.AreEqual("# head\r\na:  new   # why\r\nb: [1,\r\n 2]\r\n", Set("# head\r\na:  'x'   # why\r\nb: [1,\r\n 2]\r\n", ["a"], "new"));
        Assert.AreEqual("l:\n- {a: new, b: 2}\n", Set("l:\n- {a: \"1 # no\", b: 2}\n", ["l", 0, "a"], "new"));
        Assert.AreEqual("a: new # nothing yet\nb: 1\n", Set("a: # nothing yet\nb: 1\n", ["a"], "new"));
        Assert.AreEqual("a:\n  b: new", Set("a:\n  b:", ["a", "b"], "new"));
        Assert.AreEqual("\"odd key\" : new\n", Set("\"odd key\" : several\n  lines\n", ["odd key"], "new"));
    }

    [TestMethod]
    public void ANewKeyGoesToTheEndOfItsMapInTheStyleOfItsNeighbours()
    {
        Assert.AreEqual("l:\n  -   a: 1\n      b: # x\n        - 1 # one\n      c: new\n  # below\n  - a: 2\n", Set("l:\n  -   a: 1\n      b: # x\n        - 1 # one\n  # below\n  - a: 2\n", ["l", 0, "c"], "new"));
        Assert.AreEqual("a: {x: 1, y: [2, 3], c: new} # end\n", Set("a: {x: 1, y: [2, 3]} # end\n", ["a", "c"], "new"));
        Assert.AreEqual("a: {c: new}\n", Set("a: {}\n", ["a", "c"], "new"));
        Assert.AreEqual("a: 1\n\nb: 2\n\nc: new\n...\n", Set("a: 1\n\nb: 2\n...\n", ["c"], "new"));
        Assert.AreEqual("a: 1\r\nb: |\r\n  text\r\nc: new\r\n", Set("a: 1\r\nb: |\r\n  text\r\n", ["c"], "new"));
        Assert.AreEqual("a: 1\nc: new", Set("a: 1", ["c"], "new"));
        Assert.AreEqual("a:\n  b:\nc: new\n", Set("a:\n  b:\n", ["c"], "new"));
    }

    [TestMethod]
    public void AnItemGoesToTheEndOfItsList()
    {
        Assert.AreEqual("l:\n- id: a # x\n- id: new\n  ok: true\n# z\nm: 1\n", Append("l:\n- id: a # x\n# z\nm: 1\n", "l"));
        Assert.AreEqual("l:\r\n    -   id: a\r\n    -   id: new\r\n        ok: true", Append("l:\r\n    -   id: a", "l"));
        Assert.AreEqual("l: [{id: a}, {id: new, ok: true}]\n", Append("l: [{id: a}]\n", "l"));
        Assert.AreEqual("l: [{id: a}, # one\n  {id: b}, {id: new, ok: true}, ]\n", Append("l: [{id: a}, # one\n  {id: b}, ]\n", "l"));
        Assert.AreEqual("l:\n  - {id: a}\n  - id: new\n    ok: true\n", Append("l:\n  - {id: a}\n", "l"));
        Assert.AreEqual("l:\n  -\n    id: a\n  - id: new\n    ok: true\n", Append("l:\n  -\n    id: a\n", "l"));
        Assert.AreEqual("s:\n  l:\n    - id: a\n    - id: new\n      ok: true\n  m: 1\n", Append("s:\n  l:\n    - id: a\n  m: 1\n", "s", "l"));
    }

    [TestMethod]
    public void AListIsMadeWhereThereIsNone()
    {
        Assert.AreEqual("a:\n- 1\nl:\n- id: new\n  ok: true\n", Append("a:\n- 1\n", "l"));
        Assert.AreEqual("l: # none\n  - id: new\n    ok: true\nm: 1\n", Append("l: # none\nm: 1\n", "l"));
        Assert.AreEqual("l: # none\n  - id: new\n    ok: true\n  # - id: old\nm: 1\n", Append("l: [] # none\n  # - id: old\nm: 1\n", "l"));
        Assert.AreEqual("m: 1\nl:\n  - id: new\n    ok: true", Append("m: 1\nl: null", "l"));
        Assert.AreEqual("s: {m: 1, l: [{id: new, ok: true}]}\n", Append("s: {m: 1}\n", "s", "l"));
        Assert.AreEqual("s: {l: [{id: new, ok: true}], m: 1}\n", Append("s: {l: [], m: 1}\n", "s", "l"));
    }

    [TestMethod]
    public void AMapIsAddedAsDeepAsItsNeighbours()
    {
        const string Short = "w:\n  a:\n    b: 1 # x\n  # below\n\nz: 1\n";
        Assert.AreEqual("w:\n  a:\n    b: 1 # x\n  new:\n    kinds: [mcp, {mcp: /tool}]\n    run:\n      start: bun run x\n  # below\n\nz: 1\n", AddMap(Short));
        Assert.AreEqual("w:\r\n    a:\r\n        b: {c: 1}\r\n    new:\r\n        kinds: [mcp, {mcp: /tool}]\r\n        run:\r\n            start: bun run x", AddMap("w:\r\n    a:\r\n        b: {c: 1}"));
        foreach (var refused in (string[])["w: {a: 1}\n", "w:\n  new: 1\n", "w: &x\n  a: 1\nz: *x\n", "w:\n  a: |\n    text", "z: 1\n"])
        {
            Assert.AreEqual("CAP0925", Open(refused).AddMap(["w", "new"], Deep).Diagnostics.Single().Code, refused);
        }
    }

    /// <summary>Never guessed: what cannot be done without changing more is refused.</summary>
    [TestMethod]
    [DataRow("b: &x 1\na: *x\n")]
    [DataRow("a: |\n  text\n")]
    [DataRow("a: >-\n  text\n")]
    [DataRow("a: &x 1\nb: *x\n")]
    [DataRow("a: !!str 1\n")]
    [DataRow("a: [1]\n")]
    [DataRow("a: {b: 1}\n")]
    [DataRow("- a\n")]
    [DataRow("b: |\n  text")]
    [DataRow("b: 1\rd: 2\r")]
    public void WhatIsWrittenInAnotherWayIsRefused(string text)
    {
        var key = text.StartsWith("a", StringComparison.Ordinal) || text.Contains("a: *x", StringComparison.Ordinal) ? "a" : "c";
        Assert.AreEqual("CAP0925", Open(text).Set([key], Nodes.String("new")).Diagnostics.Single().Code, text);
    }

    [TestMethod]
    [DataRow("l: &x [{id: a}]\nm: *x\n")]
    [DataRow("m: &x [{id: a}]\nl: *x\n")]
    [DataRow("l: text\n")]
    [DataRow("l: {a: 1}\n")]
    [DataRow("l:\n  - |\n    text")]
    public void AListWrittenInAnotherWayIsRefused(string text) => Assert.AreEqual("CAP0925", Open(text).Append(["l"], Item).Diagnostics.Single().Code, text);

    [TestMethod]
    public void EveryTextIsReadAgainAsItself()
    {
        foreach (var text in (string[])["new", "two words", "a: b", "a #b", "yes", "NO", "null", "~", "1e3", "0x1F", "2026-01-01T00:00:00Z", " x", "x ", "", "-", "- a", "a:", "\"q\" \\ \n\t\u0007\u2028é", "MFkw+/==", "*a", "&a", "!a", "{a", "[a", "a, b", "%a", "@a", "`a"])
        {
            foreach (var place in (string[])["a: 1\n", "a: {a: 1}\n"])
            {
                TomlStep[] path = place.Contains('{') ? ["a", "a"] : ["a"];
                var edited = Good(Open(place).Set(path, Nodes.String(text)));
                Assert.AreEqual(text, ((ScalarNode)NodePath.Find(edited.Root, path)!).Value, edited.Text);
            }
        }
    }

    /// <summary>Each value of a document of many forms can be set, or is refused; nothing else changes.</summary>
    [TestMethod]
    public void NothingElseChanges()
    {
        const string Text = "# head\n---\na: 1 # one\nb:\n  - x\n  - {c: 'd', e: [f, \"g\"]}\n  -   h: i\n      j:\n        k: l # l\n\n      # m\nn: {o: , p: q}\nr: >\n  folded\n\ns: t\n";
        foreach (var newLine in (string[])["\n", "\r\n"])
        {
            var editor = Open(Text.Replace("\n", newLine, StringComparison.Ordinal));
            var set = 0;
            foreach (var path in Paths(editor.Root).Where(p => p[^1].Name is not null))
            {
                if (editor.Set(path, Nodes.String("new")) is { Succeeded: true } edited)
                {
                    Assert.AreEqual(Show(With(editor.Root, path, Nodes.String("new"))), Show(edited.Value.Root));
                    Assert.IsTrue(IsOneReplacement(editor.Text, edited.Value.Text), edited.Value.Text);
                    set++;
                }
            }

            Assert.AreEqual(7, set);
        }
    }

    private static bool IsOneReplacement(string old, string text)
    {
        var at = text.IndexOf("new", StringComparison.Ordinal);
        return at >= 0 && old.StartsWith(text[..at].TrimEnd(' '), StringComparison.Ordinal) && old.EndsWith(text[(at + 3)..], StringComparison.Ordinal);
    }

    private static readonly MappingNode Deep = Nodes.Map(
    [
        new("kinds", Nodes.List([Nodes.String("mcp"), Nodes.Map([new("mcp", Nodes.String("/tool"))])])),
        new("run", Nodes.Map([new("start", Nodes.String("bun run x"))])),
    ]);

    private static string AddMap(string text) => Good(Open(text).AddMap(["w", "new"], Deep)).Text;

    private static YamlEditor Open(string text) => Good(YamlEditor.Open(new SourceText("<test>", text)));

    private static string Set(string text, TomlStep[] path, string value) => Good(Open(text).Set(path, Nodes.String(value))).Text;

    private static string Append(string text, params string[] path) => Good(Open(text).Append([.. path.Select(p => (TomlStep)p)], Item)).Text;
}
