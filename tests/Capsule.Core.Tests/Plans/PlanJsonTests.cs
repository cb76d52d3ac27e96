using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;

namespace Capsule.Core.Tests.Plans;

[TestClass]
public class PlanJsonTests
{
    [TestMethod]
    public void NamesAreCamelCaseEnumsKebabNullsGoneAndMapsSorted()
    {
        var json = PlanJson.Write(Plan());
        StringAssert.StartsWith(json, "{\"schema\":\"capsule-launch-plan/1\",\"package\":{\"family\":\"kit\",\"name\":\"hello\"},");
        StringAssert.Contains(json, "\"access\":\"read-only\"");
        StringAssert.Contains(json, "\"env\":{\"A\":\"ä\",\"B\":\"2\",\"a\":\"<3\"}");
        StringAssert.Contains(json, "\"range\":{\"line\":3,\"column\":5,\"endLine\":3,\"endColumn\":9}");
        Assert.IsFalse(json.Contains("null", StringComparison.Ordinal));
    }

    [TestMethod]
    public void WhatWasWrittenIsReadBack()
    {
        var json = PlanJson.Write(Plan());
        Assert.AreEqual(json, PlanJson.Write(PlanJson.Read<LaunchPlan>(json)));
        Assert.ThrowsExactly<JsonException>(() => PlanJson.Read<LaunchPlan>("null"));
        Assert.ThrowsExactly<JsonException>(() => PlanJson.Read<LaunchPlan>(json.Replace("\"cells\"", "\"sells\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void ATestPlanNamesNoMachinePath()
    {
        var span = new SourceSpan("/home/me/capability-test.yml", 2, 9, 2, 10);
        var plan = new TestPlan
        {
            Package = Plan().Package,
            File = "capability-test.yml",
            Cases = [new TestCase { Id = "a", Kind = TestKind.Mcp, Tool = "t", Validations = [new TestAssertion("$.x.eq(1)", span)], Span = span }],
        };
        var json = PlanJson.Write(plan, indented: true);
        Assert.IsFalse(json.Contains("/home/me", StringComparison.Ordinal));
        Assert.IsFalse(json.Contains('\r', StringComparison.Ordinal));
        Assert.AreEqual(9, PlanJson.Read<TestPlan>(json).Cases[0].Validations[0].Span.Column);
    }

    [TestMethod]
    public void MovingALineChangesNoHash()
    {
        Assert.AreEqual(PlanHash.Of(Plan(line: 3)), PlanHash.Of(Plan(line: 30)));
        Assert.AreEqual(PlanHash.OfPermissions(Plan(line: 3)), PlanHash.OfPermissions(Plan(line: 30)));
        Assert.AreEqual(64, PlanHash.Of(Plan()).Length);
    }

    [TestMethod]
    public void AnotherCommandChangesThePlanButNotWhatItMayDo()
    {
        Assert.AreNotEqual(PlanHash.Of(Plan()), PlanHash.Of(Plan(command: "other")));
        Assert.AreEqual(PlanHash.OfPermissions(Plan()), PlanHash.OfPermissions(Plan(command: "other")));
    }

    [TestMethod]
    public void MoreNetworkChangesWhatItMayDo() =>
        Assert.AreNotEqual(PlanHash.OfPermissions(Plan()), PlanHash.OfPermissions(Plan(network: NetworkMode.Full)));

    [TestMethod]
    public void NodesBecomeJson()
    {
        var node = YamlReader.Read(new SourceText("<test>", "{a: 1, b: [true, ~, 1.5, x], c: {}}")).Value!;
        Assert.IsNull(NodeJson.Convert(node, out var json));
        Assert.AreEqual("{\"a\":1,\"b\":[true,null,1.5,\"x\"],\"c\":{}}", json!.ToJsonString());
        var infinite = YamlReader.Read(new SourceText("<test>", "[1, -.inf]")).Value!;
        Assert.AreEqual("-.inf", NodeJson.Convert(infinite, out JsonNode? _)!.Raw);
    }

    private static LaunchPlan Plan(int line = 3, string command = "a", NetworkMode network = NetworkMode.None)
    {
        var origin = new Origin("capability.yml", "/workloads/a", new SourceRange(line, 5, line, 9));
        return new LaunchPlan
        {
            Package = new PackageReference("kit", null, "hello", null),
            Cells =
            [
                new CellPlan
                {
                    Id = "a",
                    Mounts = [new MountPlan { Id = "app", Kind = MountKind.Work, Target = "/app", Permission = new Permission("m", origin, "g") }],
                    Processes =
                    [
                        new ProcessPlan
                        {
                            Id = "a/start",
                            Stage = ProcessStage.Start,
                            Cwd = "/app",
                            Shell = command,
                            Env = new Dictionary<string, string> { ["a"] = "<3", ["B"] = "2", ["A"] = "ä" },
                            Network = new NetworkPlan { Mode = network, Permission = new Permission("n", origin, "network: full") },
                            Origin = origin,
                        },
                    ],
                },
            ],
        };
    }
}
