using Capsule.Core.Text;
using static Capsule.Core.Tests.Text.Documents;

namespace Capsule.Core.Tests.Text;

[TestClass]
public class ReadingJson
{
    [TestMethod]
    public void ReadsEveryKindOfValue() => Assert.AreEqual(
        "{a:[1,-2.5,9.223372036854776E+18,True,null],é:\"x\n\U0001F602\",o:{}}",
        Show(Json("{\"a\": [1, -2.5, 9223372036854775808, true, null],\n \"é\": \"x\\n\\ud83d\\ude02\", \"o\": {}}")));

    [TestMethod]
    public void EveryNodeKnowsItsPlaceInUtf16Units()
    {
        var root = (MappingNode)Json("{\"😀\": \"é\",\n  \"list\": [10,\n  \"x\\n\"] }");
        Assert.AreEqual("1:1-3:11", Range(root.Span));
        Assert.AreEqual("1:2-1:6", Range(root.Entries[0].KeySpan));
        Assert.AreEqual("1:8-1:11", Range(root.Entries[0].Value.Span));
        Assert.AreEqual("2:11-3:9", Range(root.Entries[1].Value.Span));
        var items = ((SequenceNode)root.Entries[1].Value).Items;
        Assert.AreEqual("2:12-2:14", Range(items[0].Span));
        Assert.AreEqual("3:3-3:8", Range(items[1].Span));
        Assert.AreEqual("\"x\\n\"", ((ScalarNode)items[1]).Raw);
    }

    [TestMethod]
    [DataRow("{\"a\": 1,\n \"a\": 2}", "2:2 CAP0951 The name 'a' on line 2 stands already on line 1.")]
    [DataRow("[\"\\ud800\"]", "1:2 CAP0953 The string has half of a surrogate pair, which is no character.")]
    [DataRow("[1e999]", "1:2 CAP0954 The number '1e999' is too large.")]
    [DataRow("[1,]", "1:4 CAP0950 This is not valid JSON: the JSON array contains a trailing comma at the end which is not supported in this mode.")]
    [DataRow("{\n  'a': 1}", "2:3 CAP0950 This is not valid JSON: ''' is an invalid start of a property name. Expected a '\"'.")]
    [DataRow("{\"é\": tru}", "1:10 CAP0950 This is not valid JSON: 'tru}' is an invalid JSON literal. Expected the literal 'true'.")]
    [DataRow("1 2", "1:3 CAP0950 This is not valid JSON: '2' is invalid after a single JSON value. Expected end of data.")]
    public void SaysWhatIsWrongAndWhere(string json, string expected) => Refuses(JsonReader.Read(Source(json)), expected);

    [TestMethod]
    [DataRow("")]
    [DataRow("// c\n1")]
    [DataRow("NaN")]
    [DataRow("01")]
    [DataRow("\"a\nb\"")]
    [DataRow("\"\\x\"")]
    [DataRow("[1")]
    [DataRow("{\"a\"")]
    public void RefusesWhatIsNotJson(string json) => Assert.AreEqual("CAP0950", JsonReader.Read(Source(json)).Diagnostics.Single().Code);

    [TestMethod]
    public void RefusesDepthAndNumberOfValues()
    {
        Assert.IsTrue(JsonReader.Read(Source(new string('[', 64) + new string(']', 64))).Succeeded);
        Refuses(
            JsonReader.Read(Source(new string('[', 65) + new string(']', 65))),
            "1:65 CAP0952 Objects and arrays are nested more than 64 levels deep here.");
        Assert.AreEqual("CAP0952", JsonReader.Read(Source(new string('[', SourceText.ManifestLimit))).Diagnostics.Single().Code);
        var many = $"[1{string.Concat(Enumerable.Repeat(",1", JsonLimits.Nodes))}]";
        Assert.AreEqual("CAP0955", JsonReader.Read(Source(many)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void EveryTruncationIsRefused()
    {
        const string Document = "{\"a\": [1, -2.5e3, true, null, \"\\u00e9\"], \"b\": {\"c\": \"😀\"}}";
        Assert.IsTrue(JsonReader.Read(Source(Document)).Succeeded);
        for (var length = 0; length < Document.Length; length++)
        {
            Assert.AreEqual("CAP0950", JsonReader.Read(Source(Document[..length])).Diagnostics.Single().Code);
        }
    }

    private static Node Json(string text) => Good(JsonReader.Read(Source(text)));
}
