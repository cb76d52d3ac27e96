namespace Capsule.Families.Tests.Schemas;

/// <summary>What can be wrong with a <c>capability-test.yml</c> and an editor can see.</summary>
internal static class KitTestMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("CAP0301", "id: greets", "id: greets the user", "id: greets", "pattern"),
        new("CAP0202", "  - id: compiles\n    kind: exec", "  - kind: exec", "kind: exec", "\"id\""),
        new("CAP0203", "kind: mcp", "kind: tool", "kind: tool", "exec"),
        new("CAP0304", "$.text.contains(\"x\")", "$.text.includes(\"x\")", "includes", "pattern"),
        new("CAP0305", "verbose_output: $.exit_code", "verbose_output: exit_code", "verbose_output", "pattern"),
        new("CAP0306", "{exposed_path: /mcp}", "{exposed_path: /mcp, workload: web}", "workload: web}", "workload"),
        new("CAP0307", "{exposed_path: /mcp}", "{}", "target: {}", "\"workload\""),
        new("CAP0202", "{workload: web, endpoint: /health}", "{workload: web}", "target: {workload: web}", "\"endpoint\""),
        new("CAP0208", "{exposed_path: /mcp}", "{exposed_path: mcp}", "exposed_path: mcp", "pattern"),
        new("CAP0202", "{tool: greet, inputs", "{inputs", "{inputs", "\"tool\""),
        new("CAP0201", "{tool: greet, inputs", "{tool: greet, arguments", "arguments", "arguments"),
        new("CAP0203", "method: PUT", "method: put", "method: put", "PATCH"),
        new("CAP0208", "path: /items?page=2", "path: items", "path: items", "pattern"),
        new("CAP0311", "method: PUT", "method: GET", "json:", "json"),
        new("CAP0201", "target: {workload: web}\n", "target: {workload: web, exposed_path: /}\n", "exposed_path: /}", "exposed_path"),
        new("CAP0343", "tests:\n  - id: greets", "stubs: {web: {answers: [{path: /health, json: 1, text: a}]}}\ntests:\n  - id: greets", "text: a", "text"),
        new("CAP0312", "command: [bun, test]", "command: []", "command: []", "type"),
        new("CAP0202", "request: {command: [bun, test]}", "request: {}", "request: {}", "\"command\""),
        new("CAP0294", "verbose_output: $.exit_code", "verboseOutput: $.exit_code", "verboseOutput", "verbose_output"),
        new("CAP0303", "tests:\n  - id: greets\n    kind: mcp\n    target: {exposed_path: /mcp}\n    request: {tool: greet, inputs: {name: x}}\n    validations: $.text.contains(\"x\")\n  - id: answers\n    kind: http\n    target: {workload: web, endpoint: /health}\n    request:\n      method: PUT\n      path: /items?page=2\n      json: {a: [1]}\n    validations: [$.status_code.eq(200), '$.body[0].eq(exists())']\n  - id: compiles\n    kind: exec\n    target: {workload: web}\n    request: {command: [bun, test]}\n    verbose_output: $.exit_code\n", "tests: []\n", "tests: []", "items"),
    ];
}
