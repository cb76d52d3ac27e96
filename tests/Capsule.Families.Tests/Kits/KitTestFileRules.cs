namespace Capsule.Families.Tests.Kits;

/// <summary>Each rule of the test file, with the place and the words it answers with.</summary>
[TestClass]
public class KitTestFileRules
{
    private const string Kit = """
        version: '1'
        name: hello
        workloads:
          hello:
            endpoints: [mcp, {protocol: http, path: /test}]
            runtime: {source: {toolchain: bun, start: {command: a}}}
          model:
            variants:
              small: {runtime: {source: {toolchain: bun, start: {command: a}}}}
              large: {runtime: {source: {toolchain: bun, start: {command: a}}}}
          openai:
            runtime:
              attachments:
                relays:
                  - {kind: exit_to_open_ai, endpoint: oaic, api_key_secret: k}
        expose:
          - {path: /mcp, target: hello, endpoints: [mcp]}
        vault_secrets:
          - {key: k, usage: x}

        """;

    public static IEnumerable<object[]> Wrong =>
    [
        [
            "A file that is no map",
            """
            - a

            """,
            """
            capability-test.yml(1,1): error CAP0200: 'the document' must be a map, but this is a list.
            """,
        ],
        [
            "No tests",
            """
            tests: []

            """,
            """
            capability-test.yml(1,1): error CAP0303: 'tests' is empty.
            """,
        ],
        [
            "Stubs",
            """
            stubs:
              nobody: {answers: []}
              hello:
                answers:
                  - {path: /test/a, json: {a: 1}, text: b}
                  - {path: /other}
                  - {path: /test, tool: greet}
                  - {path: /mcp, tool: greet, json: {text: hi}, header: x}
                  - {method: POST}
              model: {}
            tests:
              - {id: builds, kind: exec, target: {workload: hello}, request: {command: make}}

            """,
            """
            capability-test.yml(2,3): error CAP0340: The Kit has neither a dependency nor a workload 'nobody'. Dependencies: none. Workloads: hello, model, openai.
            capability-test.yml(5,39): error CAP0343: The answer has both 'json' and 'text'.
            capability-test.yml(6,16): error CAP0342: 'hello' is called at no path '/other'. Its endpoints: /mcp, /test.
            capability-test.yml(7,29): error CAP0344: The endpoint '/test' has the protocol http, and only mcp has tools.
            capability-test.yml(8,53): error CAP0201: 'header' is not a field of 'stubs.hello.answers[3]'.
            capability-test.yml(9,9): error CAP0202: 'stubs.hello.answers[4].path' is missing.
            capability-test.yml(10,3): error CAP0202: 'stubs.model.answers' is missing.
            capability-test.yml(12,10): error CAP0345: The workload of the test 'builds' is stubbed, so no command can run in it.
            """,
        ],
        [
            "Neither form",
            """
            tests: 3

            """,
            """
            capability-test.yml(1,8): error CAP0200: 'tests' must be a list, but this is an integer.
            """,
        ],
        [
            "Fields that are missing",
            """
            tests:
              - id: a

            """,
            """
            capability-test.yml(2,5): error CAP0202: 'tests[0].kind' is missing.
            capability-test.yml(2,5): error CAP0202: 'tests[0].target' is missing.
            capability-test.yml(2,5): error CAP0202: 'tests[0].request' is missing.
            """,
        ],
        [
            "A case at the root",
            """
            id: a
            kind: mcp
            target: {exposed_path: /mcp}
            request: {tool: t}
            validations: $.x.equals(1)

            """,
            """
            capability-test.yml(5,18): error CAP0304: This is not an assertion: 'equals' is not an operator. Known: exists, notNull, eq, ne, gte, lte, lenEq, lenGte, lenLte, contains.
            """,
        ],
        [
            "A case beside a list",
            """
            id: a
            tests:
              - id: a
                kind: mcp
                target: {exposed_path: /mcp}
                request: {tool: t}

            """,
            """
            capability-test.yml(1,1): error CAP0201: 'id' is not a field of the top level.
            """,
        ],
        [
            "An id",
            """
            tests:
              - id: a b
                kind: mcp
                target: {exposed_path: /mcp}
                request: {tool: t}

            """,
            """
            capability-test.yml(2,9): error CAP0301: 'a b' cannot be the id of a test.
            """,
        ],
        [
            "An id twice",
            """
            tests:
              - id: a
                kind: mcp
                target: {exposed_path: /mcp}
                request: {tool: t}
              - id: a
                kind: mcp
                target: {exposed_path: /mcp}
                request: {tool: t}

            """,
            """
            capability-test.yml(6,9): error CAP0302: The test 'a' stands already on line 2.
            """,
        ],
        [
            "An unknown kind",
            """
            tests:
              - id: a
                kind: grpc
                target: {exposed_path: /mcp}
                request: {tool: t}

            """,
            """
            capability-test.yml(3,11): error CAP0203: 'tests[0].kind' cannot be 'grpc'; allowed: mcp, http, exec.
            """,
        ],
        [
            "An unknown field",
            """
            tests:
              - id: a
                kind: mcp
                target: {exposed_path: /mcp}
                request: {tool: t}
                validation: x

            """,
            """
            capability-test.yml(6,5): error CAP0201: 'validation' is not a field of 'tests[0]'.
            """,
        ],
        [
            "Assertions",
            """
            tests:
              - id: a
                kind: mcp
                target: {exposed_path: /mcp}
                request: {tool: t}
                validations:
                  - $.n.eq(1)
                  - $.n.is(1)
                  - '$.n[x].eq(1)'
                  - "$.n.lenEq(\"x\")"

            """,
            """
            capability-test.yml(8,13): error CAP0304: This is not an assertion: 'is' is not an operator. Known: exists, notNull, eq, ne, gte, lte, lenEq, lenGte, lenLte, contains.
            capability-test.yml(9,14): error CAP0304: This is not an assertion: 'x' is not an index; only a number without sign may stand between '[' and ']'.
            capability-test.yml(10,9): error CAP0304: This is not an assertion: 'lenEq' needs an integer that is not negative.
            """,
        ],
        [
            "Paths to show",
            """
            tests:
              - id: a
                kind: mcp
                target: {exposed_path: /mcp}
                request: {tool: t}
                verbose_output: [$.a, b]

            """,
            """
            capability-test.yml(6,27): error CAP0305: This is not a path to a value: A path starts with '$'.
            """,
        ],
        [
            "Two targets",
            """
            tests:
              - id: a
                kind: mcp
                target: {exposed_path: /mcp, workload: hello}
                request: {tool: t}

            """,
            """
            capability-test.yml(4,34): error CAP0306: The target names both a public path and a workload.
            """,
        ],
        [
            "No target",
            """
            tests:
              - id: a
                kind: mcp
                target: {}
                request: {tool: t}

            """,
            """
            capability-test.yml(4,5): error CAP0307: The target names nothing that can be called.
            """,
        ],
        [
            "Half a target",
            """
            tests:
              - id: a
                kind: mcp
                target: {workload: hello}
                request: {tool: t}

            """,
            """
            capability-test.yml(4,5): error CAP0202: 'tests[0].target.endpoint' is missing.
            """,
        ],
        [
            "A path that is not exposed",
            """
            tests:
              - id: a
                kind: mcp
                target: {exposed_path: /nope}
                request: {tool: t}

            """,
            """
            capability-test.yml(4,28): error CAP0308: The Kit exposes no path '/nope'. Exposed: /mcp.
            """,
        ],
        [
            "A workload that is not there",
            """
            tests:
              - id: a
                kind: http
                target: {workload: nobody, endpoint: /test}
                request: {path: /}

            """,
            """
            capability-test.yml(4,24): error CAP0309: The Kit has no workload 'nobody'. Declared: hello, model, openai.
            """,
        ],
        [
            "An endpoint that is not declared",
            """
            tests:
              - id: a
                kind: http
                target: {workload: hello, endpoint: /nope}
                request: {path: /}

            """,
            """
            capability-test.yml(4,41): error CAP0231: Workload 'hello' has no endpoint '/nope'. Declared: mcp, /test (http).
            """,
        ],
        [
            "http on an mcp path",
            """
            tests:
              - id: a
                kind: http
                target: {exposed_path: /mcp}
                request: {path: /}

            """,
            """
            capability-test.yml(4,28): error CAP0310: A test of kind http cannot call '/mcp', whose protocol is mcp.
            """,
        ],
        [
            "mcp on an http endpoint",
            """
            tests:
              - id: a
                kind: mcp
                target: {workload: hello, endpoint: /test}
                request: {tool: t}

            """,
            """
            capability-test.yml(4,41): error CAP0310: A test of kind mcp cannot call '/test', whose protocol is http.
            """,
        ],
        [
            "A request without tool",
            """
            tests:
              - id: a
                kind: mcp
                target: {exposed_path: /mcp}
                request: {path: /}

            """,
            """
            capability-test.yml(5,5): error CAP0202: 'tests[0].request.tool' is missing.
            capability-test.yml(5,15): error CAP0201: 'path' is not a field of 'tests[0].request'.
            """,
        ],
        [
            "A body that is not sent",
            """
            tests:
              - id: a
                kind: http
                target: {workload: hello, endpoint: /test}
                request: {path: /, method: GET, json: {}}

            """,
            """
            capability-test.yml(5,37): warning CAP0311: A GET request has no body; 'json' has no effect.
            """,
        ],
        [
            "Another method",
            """
            tests:
              - id: a
                kind: http
                target: {workload: hello, endpoint: /test}
                request: {path: /, method: TRACE}

            """,
            """
            capability-test.yml(5,32): error CAP0203: 'tests[0].request.method' cannot be 'TRACE'; allowed: GET, POST, PUT, PATCH, DELETE, HEAD.
            """,
        ],
        [
            "A path without slash",
            """
            tests:
              - id: a
                kind: http
                target: {workload: hello, endpoint: /test}
                request: {path: x}

            """,
            """
            capability-test.yml(5,21): error CAP0208: 'x' cannot be a path: it must start with '/'.
            """,
        ],
        [
            "A number that JSON lacks",
            """
            tests:
              - id: a
                kind: mcp
                target: {exposed_path: /mcp}
                request: {tool: t, inputs: {a: [1, .nan]}}

            """,
            """
            capability-test.yml(5,40): error CAP0316: '.nan' is a number that JSON does not have.
            """,
        ],
        [
            "An empty command",
            """
            tests:
              - id: a
                kind: exec
                target: {workload: hello}
                request: {command: []}

            """,
            """
            capability-test.yml(5,15): error CAP0312: The command is empty.
            """,
        ],
        [
            "A blank command",
            """
            tests:
              - id: a
                kind: exec
                target: {workload: hello}
                request: {command: ' '}

            """,
            """
            capability-test.yml(5,24): error CAP0209: 'tests[0].request.command' is blank.
            """,
        ],
        [
            "Exec at a path",
            """
            tests:
              - id: a
                kind: exec
                target: {exposed_path: /mcp}
                request: {command: x}

            """,
            """
            capability-test.yml(4,5): error CAP0202: 'tests[0].target.workload' is missing.
            capability-test.yml(4,14): error CAP0201: 'exposed_path' is not a field of 'tests[0].target'.
            """,
        ],
        [
            "A variant that is not there",
            """
            tests:
              - id: a
                kind: exec
                target: {workload: model, variant: big}
                request: {command: x}

            """,
            """
            capability-test.yml(4,40): error CAP0313: Workload 'model' has no variant 'big'. Declared: small, large.
            """,
        ],
        [
            "No default variant",
            """
            tests:
              - id: a
                kind: exec
                target: {workload: model}
                request: {command: x}

            """,
            """
            capability-test.yml(4,24): error CAP0314: Workload 'model' has no variant 'default'. Declared: small, large.
            """,
        ],
        [
            "Exec without code",
            """
            tests:
              - id: a
                kind: exec
                target: {workload: openai}
                request: {command: x}

            """,
            """
            capability-test.yml(4,24): error CAP0315: Workload 'openai' has no code of its own, so no command can run in it.
            """,
        ],
        [
            "The old form",
            """
            test: says hello
            exposed_path: /mcp
            tool: hello
            inputs: {}
            verboseOutput: $.x
            validations: []

            """,
            """
            capability-test.yml(1,1): warning CAP0294: 'test' is an old form; it is read as id: says-hello.
            capability-test.yml(2,1): warning CAP0294: 'exposed_path' is an old form; it is read as 'exposed_path' under 'target', with kind: mcp.
            capability-test.yml(3,1): warning CAP0294: 'tool' is an old form; it is read as 'tool' under 'request', with kind: mcp.
            capability-test.yml(4,1): warning CAP0294: 'inputs' is an old form; it is read as 'inputs' under 'request', with kind: mcp.
            capability-test.yml(5,1): warning CAP0294: 'verboseOutput' is an old form; it is read as verbose_output.
            """,
        ],
    ];

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void ABrokenRuleIsSaidAtItsPlace(string name, string tests, string expected)
    {
        using var scene = new KitScene(Kit, tests);
        scene.Folder.Write("workloads/model/a.ts", "");
        Assert.AreEqual(expected, KitScene.Said(scene.Compile().Diagnostics), name);
    }
}
