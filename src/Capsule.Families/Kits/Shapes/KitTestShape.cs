using System.Text.Json.Nodes;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Assertions;
using Capsule.Core.Schemas;

namespace Capsule.Families.Kits.Shapes;

/// <summary>A <c>capability-test.yml</c>: one case, or a list of them (specs: kits 2.1).</summary>
internal static class KitTestShape
{
    public const int MostCases = 1000;

    public static readonly OrderedDictionary<string, TestKind> Kinds = new(StringComparer.Ordinal)
    {
        ["mcp"] = TestKind.Mcp,
        ["http"] = TestKind.Http,
        ["exec"] = TestKind.Exec,
    };

    public static TableShape CallTarget { get; } = new("call_target", "What is called: a public path, or an endpoint of a workload.",
    [
        new("exposed_path", KitTexts.HttpPath, "A public path of the Kit."),
        new("workload", TextShape.Any, "Id of a workload; its endpoint need not be exposed."),
        new("endpoint", KitTexts.EndpointReference, "An endpoint of that workload: a protocol, or its path."),
    ])
    {
        Rules =
        [
            TableRule.With("exposed_path") with { Forbids = ["workload", "endpoint"] },
            TableRule.Without("exposed_path") with { Requires = ["workload", "endpoint"] },
        ],
    };

    public static TableShape ExecTarget { get; } = new("exec_target", "The workload in which the command runs.",
    [
        new("workload", TextShape.Any, "Id of a workload with code of its own.") { Required = true },
        new("variant", TextShape.Any, "One of its variants; `default` when absent."),
    ]);

    public static TableShape McpRequest { get; } = new("mcp_request", "A call of a tool.",
    [
        new("tool", TextShape.NotBlank, "Name of the tool.") { Required = true },
        new("inputs", new MapShape(TextShape.Any, AnyShape.Value), "Arguments of the tool."),
    ]);

    public static TableShape HttpRequest { get; } = new("http_request", "A request.",
    [
        new("method", TextShape.OneOf("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"), "Method of the request.") { Default = JsonValue.Create("POST") },
        new("path", KitTexts.RequestPath, "Path below the target, with its query; '/' is the target itself.") { Required = true },
        new("json", AnyShape.Value, "Body of a POST, PUT or PATCH; {} when absent."),
    ])
    {
        Rules = [TableRule.With("method", "GET", "DELETE", "HEAD") with { Forbids = ["json"] }],
    };

    public static TableShape ExecRequest { get; } = new("exec_request", "A command.",
    [
        new("command", new UnionShape(TextShape.NotBlank, new ListShape(TextShape.Any) { Least = 1 }), "A shell line, or a program and its arguments.") { Required = true },
    ]);

    public static TableShape Case { get; } = new("case", "A test.",
    [
        new("id", TextShape.Whole(KitTexts.TestIdPattern), "Name of the test, and of its folder below `tests/`.") { Required = true },
        new("kind", TextShape.OneOf(new Choice("mcp", "Calls a tool."), new Choice("http", "Sends a request."), new Choice("exec", "Runs a command.")), "What the test does.") { Required = true },
        new("target", AnyShape.Value, "What is called, or where the command runs.") { Required = true },
        new("request", AnyShape.Value, "What is sent or run.") { Required = true },
        new("validations", OneOrMore(Assertion), "What must hold for the result, for example `$.status_code.eq(200)`. One, or a list."),
        new("verbose_output", OneOrMore(TextShape.Whole(@"\$(?:[.\[][\s\S]*)?", "$.body")), "Values of the result to print. One path, or a list; each must exist."),
        .. Removed,
    ])
    {
        Rules =
        [
            TableRule.With("kind", "mcp") with { Fits = [("target", CallTarget), ("request", McpRequest)] },
            TableRule.With("kind", "http") with { Fits = [("target", CallTarget), ("request", HttpRequest)] },
            TableRule.With("kind", "exec") with { Fits = [("target", ExecTarget), ("request", ExecRequest)] },
        ],
    };

    public static TableShape StubAnswer { get; } = new("stub_answer", "What is answered to a call.",
    [
        new("path", KitTexts.HttpPath, "The path that is called, as callers write it: the endpoint, then the rest. A query does not count.") { Required = true },
        new("method", TextShape.OneOf("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"), "The method that is answered; any when absent."),
        new("tool", TextShape.NotBlank, "For an mcp endpoint: the tool whose result `json` or `text` is."),
        new("status", new IntegerShape(200, 599), "The status of the answer.") { Default = JsonValue.Create(200) },
        new("json", AnyShape.Value, "The body, or the result of the tool, as JSON."),
        new("text", TextShape.Any, "The body, or the result of the tool, as text."),
        new("content_type", TextShape.NotBlank, "The type of the body, for example `text/event-stream`; that of JSON or of plain text when absent."),
    ])
    {
        Rules = [TableRule.With("json") with { Forbids = ["text"] }],
    };

    public static TableShape Stub { get; } = new("stub", "A dependency or workload that is neither prepared nor started while the tests run.",
    [
        new("answers", new ListShape(StubAnswer) { Greatest = MostCases }, "What is answered for it. The first one that fits a call is given.") { Required = true },
    ]);

    public static TableShape File { get; } = new("tests", "Several tests.",
    [
        new("tests", new ListShape(Case) { Least = 1, Greatest = MostCases }, "The tests.") { Required = true },
        new("stubs", new MapShape(TextShape.Any, Stub), "Dependencies and workloads that are answered for while the tests run, by id. CapaKit does not have it."),
    ]);

    // What an assertion is, but for what stands in the parentheses.
    private static TextShape Assertion => TextShape.Whole(
        $@"\$(?:[.\[][\s\S]*)?\.(?:{string.Join('|', Core.Plans.Assertions.Assertion.OperatorNames)})\([\s\S]*\)\s*", "$.status_code.eq(200)", "$.text.contains(\"hello\")");

    private static FieldShape[] Removed =>
    [
        FieldShape.Removed("test", "'id' with a short name"),
        FieldShape.Removed("exposed_path", "'exposed_path' under 'target', with kind: mcp or http"),
        FieldShape.Removed("tool", "'tool' under 'request', with kind: mcp"),
        FieldShape.Removed("inputs", "'inputs' under 'request'"),
        FieldShape.Removed("command", "'command' under 'request', with kind: exec"),
        FieldShape.Removed("verboseOutput", "'verbose_output'"),
    ];

    private static UnionShape OneOrMore(TextShape text) => new(text, new ListShape(text));
}
