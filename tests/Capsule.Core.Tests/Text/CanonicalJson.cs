using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Core.Text;
using Capsule.Tests;

namespace Capsule.Core.Tests.Text;

[TestClass]
public class CanonicalJson
{
    [TestMethod]
    public void AgreesWithTheVectorsOfItsAuthors()
    {
        var inputs = Directory.GetFiles(Vectors.Path("jcs", "input"));
        Assert.HasCount(6, inputs);
        foreach (var input in inputs)
        {
            var json = File.ReadAllBytes(input);
            var expected = File.ReadAllText(Vectors.Path("jcs", "output", Path.GetFileName(input)));
            Assert.AreEqual(expected, Text(Jcs.Canonicalize(json)), input);
            Assert.AreEqual(expected, Text(Jcs.Canonicalize(JsonNode.Parse(json))), input);
            Assert.AreEqual(expected, Text(Jcs.Canonicalize(Encoding.UTF8.GetBytes(expected))), input);
        }
    }

    [TestMethod]
    [DataRow(0x0000000000000000ul, "0")]
    [DataRow(0x8000000000000000ul, "0")]
    [DataRow(0x0000000000000001ul, "5e-324")]
    [DataRow(0x8000000000000001ul, "-5e-324")]
    [DataRow(0x7feffffffffffffful, "1.7976931348623157e+308")]
    [DataRow(0xffeffffffffffffful, "-1.7976931348623157e+308")]
    [DataRow(0x4340000000000000ul, "9007199254740992")]
    [DataRow(0xc340000000000000ul, "-9007199254740992")]
    [DataRow(0x4430000000000000ul, "295147905179352830000")]
    [DataRow(0x44b52d02c7e14af5ul, "9.999999999999997e+22")]
    [DataRow(0x44b52d02c7e14af6ul, "1e+23")]
    [DataRow(0x44b52d02c7e14af7ul, "1.0000000000000001e+23")]
    [DataRow(0x444b1ae4d6e2ef4eul, "999999999999999700000")]
    [DataRow(0x444b1ae4d6e2ef4ful, "999999999999999900000")]
    [DataRow(0x444b1ae4d6e2ef50ul, "1e+21")]
    [DataRow(0x3eb0c6f7a0b5ed8cul, "9.999999999999997e-7")]
    [DataRow(0x3eb0c6f7a0b5ed8dul, "0.000001")]
    [DataRow(0x41b3de4355555553ul, "333333333.3333332")]
    [DataRow(0x41b3de4355555554ul, "333333333.33333325")]
    [DataRow(0x41b3de4355555555ul, "333333333.3333333")]
    [DataRow(0x41b3de4355555556ul, "333333333.3333334")]
    [DataRow(0x41b3de4355555557ul, "333333333.33333343")]
    [DataRow(0xbecbf647612f3696ul, "-0.0000033333333333333333")]
    [DataRow(0x43143ff3c1cb0959ul, "1424953923781206.2")]
    [DataRow(0x3e7ad7f29abcaf48ul, "1e-7")]
    [DataRow(0x3ff8000000000000ul, "1.5")]
    [DataRow(0x4024000000000000ul, "10")]
    public void NumbersAreWrittenAsEcmaScriptDoes(ulong bits, string expected) =>
        Assert.AreEqual(expected, EcmaScriptNumber.Format(BitConverter.UInt64BitsToDouble(bits)));

    [TestMethod]
    public void NumbersThatJsonCannotSayAreRefused()
    {
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.ThrowsExactly<JsonException>(() => EcmaScriptNumber.Format(value));
        }

        Assert.AreEqual("A number is infinite or not a number.", Refused("[1e400]"));
    }

    [TestMethod]
    public void MembersAreSortedByUtf16CodeUnit() => Assert.AreEqual(
        "{\"\":0,\"B\":1,\"a\":2,\"aa\":3,\"\U0001F602\":4,\"\uFB33\":5}",
        Canonical("{\"\uFB33\":5,\"\U0001F602\":4,\"aa\":3,\"a\":2,\"B\":1,\"\":0}"));

    [TestMethod]
    public void OnlyWhatMustBeEscapedIs() => Assert.AreEqual(
        "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u007F\u0080\u2028é\"",
        Canonical("\"\\u0000\\b\\t\\n\\u000B\\f\\r\\u001F \\\"\\\\\\/\\u007f\\u0080\\u2028\\u00e9\""));

    [TestMethod]
    [DataRow("{\"a\":1,\"a\":2}", "The name 'a' stands twice in one object.")]
    [DataRow("{\"a\":1,\"\\u0061\":2}", "The name 'a' stands twice in one object.")]
    [DataRow("\"\\ud800\"", "A string has half of a surrogate pair, or bytes that are not UTF-8.")]
    [DataRow("{\"\\udc00\":1}", "A string has half of a surrogate pair, or bytes that are not UTF-8.")]
    public void WhatHasNoCanonicalFormIsRefused(string json, string expected) => Assert.AreEqual(expected, Refused(json));

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("1 2")]
    [DataRow("[1,]")]
    [DataRow("// no\n1")]
    [DataRow("NaN")]
    public void BrokenJsonIsRefused(string json) => Refused(json);

    [TestMethod]
    public void WrongBytesAndDepthAreRefused()
    {
        Assert.ThrowsExactly<JsonException>(() => Jcs.Canonicalize([(byte)'"', 0xC3, 0x28, (byte)'"']));
        Refused(new string('[', 200) + new string(']', 200));
    }

    [TestMethod]
    public void ValuesMadeInCodeHaveTheSameForm()
    {
        var node = new JsonObject { ["z"] = 1.0, ["a"] = new JsonArray(1L, "é\n", null, true), ["d"] = 1e21m };
        Assert.AreEqual("{\"a\":[1,\"é\\n\",null,true],\"d\":1e+21,\"z\":1}", Text(Jcs.Canonicalize(node)));
        Assert.ThrowsExactly<JsonException>(() => Jcs.Canonicalize(JsonValue.Create("\ud800")));
        Assert.ThrowsExactly<JsonException>(() => Jcs.Canonicalize(new JsonObject { ["\ud800"] = 1 }));
    }

    private static string Canonical(string json) => Text(Jcs.Canonicalize(Encoding.UTF8.GetBytes(json)));

    private static string Refused(string json)
    {
        try
        {
            return "Accepted as " + Canonical(json);
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
