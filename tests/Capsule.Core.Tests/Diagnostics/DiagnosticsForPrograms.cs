using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using static Capsule.Core.Tests.Diagnostics.Sample;

namespace Capsule.Core.Tests.Diagnostics;

[TestClass]
public class DiagnosticsForPrograms
{
    [TestMethod]
    public void HaveAlwaysTheSameMembersInTheSameOrder() => Assert.AreEqual(
        """
        {"code":"CAP0231","severity":"error","message":"Workload 'web' has no endpoint '/é'.","hint":"Add '/é' under workloads.web.endpoints.","file":"/home/me/kit/capability.yml","line":2,"column":11,"endLine":2,"endColumn":15,"aliases":["E202"],"help":"CAP02xx.md#cap0231"}
        """, DiagnosticJson.Line(At(2, 11, 2, 15, "/é")));

    [TestMethod]
    public void SayNullWhereThereIsNoPlace()
    {
        var json = JsonNode.Parse(DiagnosticJson.Line(Kind.Now("\n", "web")))!.AsObject();
        Assert.HasCount(11, json);
        foreach (var member in new[] { "file", "line", "column", "endLine", "endColumn" })
        {
            Assert.IsTrue(json.ContainsKey(member) && json[member] is null, member);
        }
    }

    [TestMethod]
    public void StandOnOneLine() => Assert.DoesNotContain("\n", DiagnosticJson.Line(Kind.Now("\n", "web")));
}
