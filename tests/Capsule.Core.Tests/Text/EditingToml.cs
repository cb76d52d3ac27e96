using Capsule.Core.Text;
using static Capsule.Core.Tests.Text.Documents;

namespace Capsule.Core.Tests.Text;

[TestClass]
public class EditingToml
{
    [TestMethod]
    public void AValueIsReplacedWhereItStands() => Assert.AreEqual(
        "# head\r\nname  =   \"b\"   # why\r\n\r\n[t]\r\n\tx.y = [1,\r\n  2]\r\n",
        Set("# head\r\nname  =   'a'   # why\r\n\r\n[t]\r\n\tx.y = [1,\r\n  2]\r\n", ["name"], "b"));

    [TestMethod]
    public void ANewKeyGoesToTheEndOfItsTableInTheStyleOfItsNeighbours()
    {
        Assert.AreEqual(
            "a = 1\r\n[t]\r\n  x = 1 # one\r\n  y = \"new\"\r\n\r\n# about u\r\n[u]\r\nz = 1",
            Set("a = 1\r\n[t]\r\n  x = 1 # one\r\n\r\n# about u\r\n[u]\r\nz = 1", ["t", "y"], "new"));
        Assert.AreEqual("[u]\nz = 1\n\"odd key\" = \"new\"\n", Set("[u]\nz = 1", ["u", "odd key"], "new"));
        Assert.AreEqual("a = 1\nb = \"new\"\n\n[t]\n", Set("a = 1\n\n[t]\n", ["b"], "new"));
        Assert.AreEqual("# file\n\nb = \"new\"\n\n# about t\n[t]\n", Set("# file\n\n# about t\n[t]\n", ["b"], "new"));
        Assert.AreEqual("b = \"new\"\n", Set("", ["b"], "new"));
        Assert.AreEqual("x.a = 1\nx.b = \"new\"\ny = 2\n", Set("x.a = 1\ny = 2\n", ["x", "b"], "new"));
    }

    [TestMethod]
    public void AMissingTableIsMade()
    {
        Assert.AreEqual("a = 1\n\n[t.u]\nx = \"new\"\n", Set("a = 1\n", ["t", "u", "x"], "new"));
        Assert.AreEqual("[a.b.c]\nx = 1\n\n[a.b]\ny = \"new\"\n", Set("[a.b.c]\nx = 1\n", ["a", "b", "y"], "new"));
        Assert.AreEqual(
            "[[l]]\nn = 1\n\n[l.t]\nx = \"new\"\n[[l]]\nn = 2\n", Set("[[l]]\nn = 1\n[[l]]\nn = 2\n", ["l", 0, "t", "x"], "new"));
    }

    [TestMethod]
    public void InlineValuesAreEditedInside()
    {
        Assert.AreEqual("a = {x = 1, y = \"new\"} # c\n", Set("a = {x = 1, y = 2} # c\n", ["a", "y"], "new"));
        Assert.AreEqual("a = { x = 1, z.q = \"new\" }\n", Set("a = { x = 1 }\n", ["a", "z", "q"], "new"));
        Assert.AreEqual("a = { z = \"new\" }\n", Set("a = {}\n", ["a", "z"], "new"));
        Assert.AreEqual("a = [1, \"new\", 3]\n", Set("a = [1, 2, 3]\n", ["a", 1], "new"));
    }

    [TestMethod]
    public void AnArrayGrowsInItsOwnStyle()
    {
        Assert.AreEqual("a = [1, \"new\"]", Set("a = [1]", ["a", 1], "new"));
        Assert.AreEqual("a = [\"new\"]", Set("a = []", ["a", 0], "new"));
        Assert.AreEqual("a = [\n  1, # one\n  \"new\",\n]", Set("a = [\n  1, # one\n]", ["a", 1], "new"));
        Assert.AreEqual("a = [\n  1, # one\n  \"new\"\n]", Set("a = [\n  1 # one\n]", ["a", 1], "new"));
        Assert.AreEqual("a = [\n  1,\n  2,\n  \"new\"]", Set("a = [\n  1,\n  2]", ["a", 2], "new"));
    }

    [TestMethod]
    public void ATableMayBecomeAValueAndBack()
    {
        Assert.AreEqual("t = \"new\"\n\n[u]\ny = 1\n", Set("[t]\nx = 1\n[t.sub]\nz = 1\n[u]\ny = 1\n", ["t"], "new"));
        var back = Good(Open("t = 1\n").Set(["t"], Nodes.Map([KeyValuePair.Create("x", Nodes.Strings(["a", "b"]))])));
        Assert.AreEqual("t = { x = [\"a\", \"b\"] }\n", back.Text);
    }

    [TestMethod]
    public void RemovalTakesExactlyWhatIsNamed()
    {
        Assert.AreEqual("a = 1\nc = 3\n", Remove("a = 1\nb = [1,\n2] # two\nc = 3\n", ["b"]));
        Assert.AreEqual("[a]\nx = 1\n# about c\n[c]\n", Remove("[a]\nx = 1\n[b]\ny = 1\n# inside\n\n[b.d]\n# about c\n[c]\n", ["b"]));
        Assert.AreEqual("[[l]]\nn = 1\n[[l]]\nn = 3\n", Remove("[[l]]\nn = 1\n[[l]]\nn = 2\n[l.t]\nx = 1\n[[l]]\nn = 3\n", ["l", 1]));
        Assert.AreEqual("z = 1\n", Remove("x.a = 1\nz = 1\nx.b = 2\n", ["x"]));
        Assert.AreEqual("a = {x = 1}", Remove("a = {x = 1, y = 2}", ["a", "y"]));
        Assert.AreEqual("a = {y = 2}", Remove("a = {x = 1, y = 2}", ["a", "x"]));
        Assert.AreEqual("a = [  ]", Remove("a = [ 1 , ]", ["a", 0]));
        Assert.AreEqual("a = [1,]", Remove("a = [1, 2,]", ["a", 1]));
        Assert.AreEqual("a = { y = 1 }", Remove("a = {x.b = 1, y=1, x.c = 2}", ["a", "x"]));
        Assert.AreEqual("a = 1", Remove("a = 1", ["b", "c"]));
    }

    [TestMethod]
    public void TablesAndItemsAreAppended()
    {
        var editor = Good(Open("v = 1").AppendItem(["tool"], [KeyValuePair.Create("name", Nodes.String("bun")), KeyValuePair.Create("size", Nodes.Integer(3))]));
        editor = Good(editor.AppendItem(["tool"], [KeyValuePair.Create("name", Nodes.String("node"))]));
        editor = Good(editor.AppendTable(["tool", 0, "hash"], [KeyValuePair.Create("ok", Nodes.Boolean(true))]));
        Assert.AreEqual(
            "v = 1\n\n[[tool]]\nname = \"bun\"\nsize = 3\n\n[tool.hash]\nok = true\n\n[[tool]]\nname = \"node\"\n", editor.Text);
        Assert.AreEqual("CAP0940", editor.AppendTable(["tool", 0, "hash"], []).Diagnostics.Single().Code);
    }

    [TestMethod]
    [DataRow("a = 1\n", "1:5 CAP0944 'a.b' cannot be set: what stands on the way to it is not a table, or is complete as it stands.")]
    public void WhatIsInTheWayIsNamed(string toml, string expected) => Refuses(Open(toml).Set(["a", "b"], Nodes.Integer(1)), expected);

    [TestMethod]
    public void ABrokenDocumentIsNotEdited() => Refuses(
        TomlEditor.Open(Source("a = ")), "1:5 CAP0930 Expected a value, but found the end of the file.");

    internal static TomlEditor Open(string toml) => Good(TomlEditor.Open(Source(toml)));

    private static string Set(string toml, IReadOnlyList<TomlStep> path, string value)
    {
        var editor = Good(Open(toml).Set(path, Nodes.String(value)));
        Assert.AreEqual(value, ((ScalarNode)NodePath.Find(editor.Root, path)!).Value);
        return editor.Text;
    }

    private static string Remove(string toml, IReadOnlyList<TomlStep> path)
    {
        var editor = Good(Open(toml).Remove(path));
        return editor.Text;
    }
}
