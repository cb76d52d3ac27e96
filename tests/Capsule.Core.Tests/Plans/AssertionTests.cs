using System.Text.Json.Nodes;
using Capsule.Core.Plans.Assertions;

namespace Capsule.Core.Tests.Plans;

[TestClass]
public class AssertionTests
{
    private const string Value = """
        {"n": 9, "f": 0.1, "big": 9007199254740993, "t": "10 pages", "nul": null, "yes": true, "eq": 5, "a.b": 1, "emoji": "😀é",
         "list": [1, {"x": [true]}, "s"], "map": {"k": 1, "l": 2}, "empty": {}, "0": "zero"}
        """;

    [TestMethod]
    [DataRow("$.n.exists()")]
    [DataRow("$.nul.exists()")]
    [DataRow("$.exists()")]
    [DataRow("$.n.notNull()")]
    [DataRow("$.n.eq(9)")]
    [DataRow("$.n.eq(9.0)")]
    [DataRow("$.n.eq( 9 ) ")]
    [DataRow("$.f.eq(0.1000000000001)")]
    [DataRow("$.big.eq(9007199254740993)")]
    [DataRow("$.t.eq(10 pages)")]
    [DataRow("$.t.eq(\"10 pages\")")]
    [DataRow("$.nul.eq(null)")]
    [DataRow("$.yes.eq(true)")]
    [DataRow("$.eq.eq(5)")]
    [DataRow("$.list.eq([1.0, {\"x\": [true]}, \"s\"])")]
    [DataRow("$.map.eq({\"l\": 2, \"k\": 1})")]
    [DataRow("$.list[1].x[0].eq(true)")]
    [DataRow("$.n.ne(10)")]
    [DataRow("$.n.ne(\"9\")")]
    [DataRow("$.nul.ne(0)")]
    [DataRow("$.n.gte(9)")]
    [DataRow("$.n.gte(-3.5e0)")]
    [DataRow("$.n.lte(9)")]
    [DataRow("$.list.lenEq(3)")]
    [DataRow("$.map.lenEq(2)")]
    [DataRow("$.emoji.lenEq(2)")]
    [DataRow("$.emoji.lenGte(2)")]
    [DataRow("$.empty.lenLte(0)")]
    [DataRow("$.list.contains(1)")]
    [DataRow("$.list.contains({\"x\":[true]})")]
    [DataRow("$.list.contains(s)")]
    [DataRow("$.map.contains(k)")]
    [DataRow("$.t.contains(pages)")]
    [DataRow("$.t.contains(\"10\")")]
    [DataRow("$.0.eq(zero)")]
    public void Holds(string text)
    {
        var outcome = Assertion.Parse(text).Check(JsonNode.Parse(Value));
        Assert.AreEqual("", outcome.Explanation);
        Assert.IsTrue(outcome.Passed);
    }

    [TestMethod]
    [DataRow("$.n.eq(10)", "expected 10 but was 9 at $.n")]
    [DataRow("$.n.eq(\"9\")", "expected \"9\" but was 9 at $.n")]
    [DataRow("$.big.eq(9007199254740992)", "expected 9007199254740992 but was 9007199254740993 at $.big")]
    [DataRow("$.yes.eq(false)", "expected false but was true at $.yes")]
    [DataRow("$.yes.eq(1)", "expected 1 but was true at $.yes")]
    [DataRow("$.x.exists()", "$.x does not exist; $ is an object with n, f, big, t, nul, yes, eq, a.b, emoji, list, …")]
    [DataRow("$.x.ne(1)", "$.x does not exist; $ is an object with n, f, big, t, nul, yes, eq, a.b, emoji, list, …")]
    [DataRow("$.list[3].eq(1)", "$.list[3] does not exist; $.list is a list of 3")]
    [DataRow("$.n.x.eq(1)", "$.n.x does not exist; $.n is 9")]
    [DataRow("$.empty.x.eq(1)", "$.empty.x does not exist; $.empty is an empty object")]
    [DataRow("$.nul.notNull()", "expected anything but null but was null at $.nul")]
    [DataRow("$.n.ne(9)", "expected anything but 9 but was 9 at $.n")]
    [DataRow("$.n.gte(9.1)", "expected a number of at least 9.1 but was 9 at $.n")]
    [DataRow("$.t.gte(1)", "expected a number of at least 1 but was \"10 pages\" at $.t")]
    [DataRow("$.n.lte(8)", "expected a number of at most 8 but was 9 at $.n")]
    [DataRow("$.list.lenEq(2)", "expected a length of 2 but was 3 at $.list")]
    [DataRow("$.list.lenGte(4)", "expected a length of at least 4 but was 3 at $.list")]
    [DataRow("$.n.lenLte(4)", "expected a length of at most 4 but 9 at $.n has no length")]
    [DataRow("$.t.contains(10)", "expected 10 but was \"10 pages\" at $.t; to look for text, put it in double quotes")]
    [DataRow("$.t.contains(x)", "expected a text with \"x\" but was \"10 pages\" at $.t")]
    [DataRow("$.list.contains(2)", "expected a list with 2 but was [1,{\"x\":[true]},\"s\"] at $.list")]
    [DataRow("$.map.contains(x)", "expected an object with the key \"x\" but was {\"k\":1,\"l\":2} at $.map")]
    [DataRow("$.nul.contains(x)", "expected something that contains \"x\" but was null at $.nul")]
    public void FailsAndSaysWhy(string text, string explanation)
    {
        var outcome = Assertion.Parse(text).Check(JsonNode.Parse(Value));
        Assert.IsFalse(outcome.Passed);
        Assert.AreEqual(explanation, outcome.Explanation);
    }

    [TestMethod]
    [DataRow("n.eq(1)", 0, "A path starts with '$'.")]
    [DataRow("$", 1, "An operator is missing at the end, for example '.eq(1)'.")]
    [DataRow("$.n", 3, "An operator is missing at the end, for example '.eq(1)'.")]
    [DataRow("$n.eq(1)", 1, "'n.eq(1)' cannot follow a path; an assertion ends with an operator, for example '.eq(1)'.")]
    [DataRow("$..n.eq(1)", 2, "A field name is missing after '.'.")]
    [DataRow("$.n.equal(1)", 4, "'equal' is not an operator. Known: exists, notNull, eq, ne, gte, lte, lenEq, lenGte, lenLte, contains.")]
    [DataRow("$.n.lenEQQ(1)", 4, "'lenEQQ' is not an operator. Did you mean 'lenEq'?")]
    [DataRow("$.n.eq(1", 8, "')' is missing at the end.")]
    [DataRow("$.n.eq(1) x", 11, "')' is missing at the end.")]
    [DataRow("$.n.eq(", 7, "')' is missing at the end.")]
    [DataRow("$.n[x].eq(1)", 4, "'x' is not an index; only a number without sign may stand between '[' and ']'.")]
    [DataRow("$.n[-1].eq(1)", 4, "'-1' is not an index; only a number without sign may stand between '[' and ']'.")]
    [DataRow("$.n[0.eq(1)", 3, "']' is missing.")]
    [DataRow("$.n.exists(1)", 11, "'exists' takes no value.")]
    [DataRow("$.n.gte(x)", 8, "'gte' needs a number.")]
    [DataRow("$.n.lenEq(-1)", 10, "'lenEq' needs an integer that is not negative.")]
    [DataRow("$.n.lenEq(1.5)", 10, "'lenEq' needs an integer that is not negative.")]
    public void RefusesWhatIsNoAssertion(string text, int offset, string reason)
    {
        var problem = Assert.ThrowsExactly<AssertionSyntaxException>(() => Assertion.Parse(text));
        Assert.AreEqual(reason, problem.Message);
        Assert.AreEqual(offset, problem.Offset);
    }

    [TestMethod]
    public void TheArgumentReachesToTheLastParenthesis()
    {
        var assertion = Assertion.Parse("$.t.contains(a.b(c))");
        Assert.AreEqual("$.t", assertion.Path.ToString());
        Assert.AreEqual("\"a.b(c)\"", assertion.Expected!.ToJsonString());
    }

    [TestMethod]
    public void APathAloneIsReadWhole()
    {
        Assert.IsTrue(ValuePath.Parse("$.list[1].x").TryResolve(JsonNode.Parse(Value), out var value));
        Assert.AreEqual("[true]", value!.ToJsonString());
        Assert.ThrowsExactly<AssertionSyntaxException>(() => ValuePath.Parse("$.list)"));
    }
}
