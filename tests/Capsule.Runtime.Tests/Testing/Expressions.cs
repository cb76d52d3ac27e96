using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing.Filters;

namespace Capsule.Runtime.Tests.Testing;

/// <summary>Filters as users of <c>dotnet test</c> write them.</summary>
[TestClass]
public sealed class Expressions
{
    private static readonly TestPlan Plan = Cases.Plan(
        Cases.Get() with { Id = "greets-ada" },
        Cases.Tool() with { Id = "greets-bob" },
        Cases.Command("true") with { Id = "checks-types" });

    [TestMethod]
    [DataRow("Name=greets-ada", "greets-ada")]
    [DataRow("name=GREETS-ADA", "greets-ada")]
    [DataRow("Name!=greets-ada", "greets-bob checks-types")]
    [DataRow("Name~greets", "greets-ada greets-bob")]
    [DataRow("DisplayName!~greets", "checks-types")]
    [DataRow("FullyQualifiedName=hello.exec.checks-types", "checks-types")]
    [DataRow("hello.http", "greets-ada")]
    [DataRow("Kind=exec|Name~bob", "greets-bob checks-types")]
    [DataRow("Kind=exec|Name~greets&Name~bob", "greets-bob checks-types")]
    [DataRow("(Kind=exec|Name~greets)&Name~bob", "greets-bob")]
    [DataRow(" ( ( Name = greets-ada ) ) | TestCategory = mcp ", "greets-ada greets-bob")]
    [DataRow(@"Name=greets\-ada", "greets-ada")]
    [DataRow(@"Name~\(a\)|ada", "greets-ada")]
    public void SelectByNameAndKind(string filter, string expected) =>
        Assert.AreEqual(expected, string.Join(' ', CaseExpression.Parse(filter).Value!.Select(Plan).Value!.Select(c => c.Id)));

    [TestMethod]
    [DataRow("", "at character 1")]
    [DataRow("Name=", "at character 6")]
    [DataRow("=a", "at character 1")]
    [DataRow("(Name=a", "a group is not closed")]
    [DataRow("Name=a)", "no group to close")]
    [DataRow("Name=a&", "at character 8")]
    [DataRow("Name=a|&Name=b", "'&'")]
    [DataRow("Name=a=b", "at character 7")]
    [DataRow("Name!a", "'!'")]
    [DataRow("Name=a\\", "backslash")]
    public void AreRefusedWhereTheyCannotBeRead(string filter, string says)
    {
        var problem = CaseExpression.Parse(filter).Diagnostics.Single();
        Assert.AreEqual("CAP6030", problem.Code);
        StringAssert.Contains(problem.Message, says);
    }

    [TestMethod]
    public void AreRefusedWhenNestedTooDeep() =>
        StringAssert.Contains(CaseExpression.Parse(new string('(', 100_000)).Diagnostics.Single().Message, "deeper than 64");

    [TestMethod]
    public void NameThePropertiesThatThereAre()
    {
        var problem = CaseExpression.Parse("Owner=me").Diagnostics.Single();
        Assert.AreEqual("CAP6031", problem.Code);
        StringAssert.Contains(problem.Hint, "FullyQualifiedName, Name, DisplayName");
    }

    [TestMethod]
    public void SayWhichCasesThereAreWhenNoneMatches()
    {
        var problem = CaseExpression.Parse("Name=nobody").Value!.Select(Plan).Diagnostics.Single();
        Assert.AreEqual("CAP6032", problem.Code);
        StringAssert.Contains(problem.Message, "greets-ada, greets-bob, checks-types");
        Assert.AreEqual(ExitCode.NotFound, problem.Kind.Exit);
    }
}
