using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing;

namespace Capsule.Runtime.Tests.Testing;

/// <summary>Cases as a plan holds them, each demand on a line of its own.</summary>
internal static class Cases
{
    public static readonly SourceSpan Place = At(3);

    public static TestCase Http(string endpoint, string path, string method, string? json, params string[] validations) =>
        With(new TestCase { Id = "asks", Kind = TestKind.Http, PublicPath = endpoint, Method = method, Path = path, Json = json, Span = Place }, validations);

    public static TestCase Get(params string[] validations) => Http("/", "/", "GET", null, validations);

    public static TestCase Tool(params string[] validations) =>
        With(new TestCase { Id = "calls", Kind = TestKind.Mcp, PublicPath = "/mcp", Tool = "greet", Json = """{"name":"Ada"}""", Span = Place }, validations);

    public static TestCase Command(string shell, params string[] validations) =>
        With(new TestCase { Id = "executes", Kind = TestKind.Exec, Process = TestedServer.Process, Shell = shell, Span = Place }, validations);

    /// <summary>The same case past the public listener.</summary>
    public static TestCase Inside(this TestCase one) => one with { PublicPath = null, Process = TestedServer.Process, Endpoint = one.PublicPath };

    public static SourceSpan At(int line) => new("/kit/capability-test.yml", line, 9, line, 30);

    public static TestPlan Plan(params TestCase[] cases) =>
        new() { Package = new PackageReference(FamilyNames.Kit, null, "hello", null), File = "capability-test.yml", Cases = cases };

    public static Task<CaseResult> RunAsync(this TestCase one, ITestedPackage package, double seconds = 30, int largest = 1 << 20, CancellationToken cancel = default) =>
        TestEngine.RunCaseAsync(one, package, new TestRunOptions { CaseTimeout = TimeSpan.FromSeconds(seconds), LargestAnswer = largest }, cancel);

    public static void Passes(this CaseResult result) =>
        Assert.AreEqual(TestOutcome.Passed, result.Outcome, string.Join('\n', result.Diagnostics.Select(d => $"{d.Code}: {d.Message}")));

    /// <summary>Failed for one reason, at its place.</summary>
    public static Diagnostic Fails(this CaseResult result, string code, SourceSpan? place = null)
    {
        Assert.AreEqual(TestOutcome.Failed, result.Outcome);
        var problem = result.Diagnostics.Single();
        Assert.AreEqual(code, problem.Code, problem.Message);
        Assert.AreEqual(place ?? Place, problem.Span);
        return problem;
    }

    private static TestCase With(TestCase one, string[] validations) => one with { Validations = [.. validations.Select((text, i) => new TestAssertion(text, At(10 + i)))] };
}
