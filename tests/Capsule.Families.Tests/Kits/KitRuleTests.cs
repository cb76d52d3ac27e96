namespace Capsule.Families.Tests.Kits;

/// <summary>Each rule of the manifest, with the place and the words it answers with.</summary>
[TestClass]
public class KitRuleTests
{
    public static IEnumerable<object[]> Wrong =>
    [
        [
            "A document that is no map",
            """
            - a

            """,
            """
            capability.yml(1,1): error CAP0200: 'the document' must be a map, but this is a list.
            """,
        ],
        [
            "Wrong types",
            """
            version: '1'
            name: [a]
            workloads: 3

            """,
            """
            capability.yml(2,7): error CAP0200: 'name' must be a string, but this is a list.
            capability.yml(3,12): error CAP0200: 'workloads' must be a map, but this is an integer.
            """,
        ],
        [
            "An unknown field with a neighbour",
            """
            version: '1'
            name: hello
            licence: MIT
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(3,1): error CAP0201: 'licence' is not a field of the top level.
            """,
        ],
        [
            "An unknown field without one",
            """
            version: '1'
            name: hello
            zzz: 1
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(3,1): error CAP0201: 'zzz' is not a field of the top level.
            """,
        ],
        [
            "An unknown field of a command",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
                      comand: x

            """,
            """
            capability.yml(11,11): error CAP0201: 'comand' is not a field of 'workloads.hello.runtime.source.start'.
            """,
        ],
        [
            "Missing fields at the top",
            """
            license: MIT

            """,
            """
            capability.yml(1,1): error CAP0202: 'version' is missing.
            capability.yml(1,1): error CAP0202: 'name' is missing.
            capability.yml(1,1): error CAP0202: 'workloads' is missing.
            """,
        ],
        [
            "A workload that is null counts as omitted",
            """
            version: '1'
            name: hello
            workloads:
              hello:

            """,
            """
            capability.yml(3,1): error CAP0220: The Kit has no workload.
            """,
        ],
        [
            "No workload",
            """
            version: '1'
            name: hello
            workloads: {}

            """,
            """
            capability.yml(3,1): error CAP0220: The Kit has no workload.
            """,
        ],
        [
            "A missing start",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                runtime:
                  source:
                    toolchain: bun

            """,
            """
            capability.yml(6,7): error CAP0202: 'workloads.hello.runtime.source.start' is missing.
            """,
        ],
        [
            "A missing command",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                runtime:
                  source:
                    toolchain: bun
                    start:
                      network: none

            """,
            """
            capability.yml(8,9): error CAP0202: 'workloads.hello.runtime.source.start.command' is missing.
            """,
        ],
        [
            "Another toolchain",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                runtime:
                  source:
                    toolchain: ruby
                    start:
                      command: x

            """,
            """
            capability.yml(7,20): error CAP0203: 'workloads.hello.runtime.source.toolchain' cannot be 'ruby'; allowed: bun, node, deno, python, dotnet.
            """,
        ],
        [
            "A misspelt network",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
                      network: loopbak

            """,
            """
            capability.yml(11,20): error CAP0203: 'workloads.hello.runtime.source.start.network' cannot be 'loopbak'; allowed: none, loopback, full.
            """,
        ],
        [
            "A timeout out of range",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [{protocol: mcp, config: {timeout_ms: 0}}]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(5,54): error CAP0204: 'workloads.hello.endpoints[0].config.timeout_ms' is 0, but must be between 1 and 2147483647.
            """,
        ],
        [
            "A version without quotes",
            """
            version: 1
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(1,10): warning CAP0205: 'version' is a number here, but is meant as text.
            """,
        ],
        [
            "Another version",
            """
            version: '2'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(1,10): error CAP0206: The manifest format '2' is not known.
            """,
        ],
        [
            "A version of another type",
            """
            version: true
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(1,10): error CAP0200: 'version' must be the string '1', but this is a boolean.
            """,
        ],
        [
            "Ids that are none",
            """
            version: '1'
            name: Hello
            workloads:
              -x:
                runtime: {source: {toolchain: bun, start: {command: a}}}
              x-:
                runtime: {source: {toolchain: bun, start: {command: a}}}

            """,
            """
            capability.yml(2,7): error CAP0207: 'Hello' cannot be an id.
            capability.yml(4,3): error CAP0207: '-x' cannot be an id.
            capability.yml(6,3): error CAP0207: 'x-' cannot be an id.
            """,
        ],
        [
            "Paths that are none",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            expose:
              - {path: mcp, target: hello, endpoints: [mcp]}
              - {path: /a/../b, target: hello, endpoints: [mcp]}
              - {path: '/a b', target: hello, endpoints: [mcp]}
              - {path: '/a?b', target: hello, endpoints: [mcp]}

            """,
            """
            capability.yml(12,12): error CAP0208: 'mcp' cannot be a path: it must start with '/'.
            capability.yml(13,12): error CAP0208: '/a/../b' cannot be a path: empty segments, '.' and '..' must not be in it.
            capability.yml(14,12): error CAP0208: '/a b' cannot be a path: it must not contain spaces or control characters.
            capability.yml(15,12): error CAP0208: '/a?b' cannot be a path: '?' must not be in it.
            """,
        ],
        [
            "A blank command",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: '  '

            """,
            """
            capability.yml(9,20): error CAP0209: 'workloads.hello.runtime.source.start.command' is blank.
            """,
        ],
        [
            "A control character",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: "a\0b"

            """,
            """
            capability.yml(9,20): error CAP0212: 'workloads.hello.runtime.source.start.command' contains the control character U+0000.
            """,
        ],
        [
            "allow_network",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
                      allow_network: true

            """,
            """
            capability.yml(11,11): warning CAP0294: 'allow_network' is an old form; it is read as network: full.
            """,
        ],
        [
            "exports",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            exports: {oaic: {path: /oaic}}

            """,
            """
            capability.yml(11,1): warning CAP0294: 'exports' is an old form; it is read as nothing: 'expose' says what is public.
            """,
        ],
        [
            "source.package and import.export",
            """
            version: '1'
            name: hello
            workloads:
              llama:
                import:
                  dependency: llama
                  export: oaic
            dependencies:
              llama:
                source:
                  package: https://example.org/k

            """,
            """
            capability.yml(7,7): warning CAP0294: 'export' is an old form; it is read as exposed_path: /oaic.
            capability.yml(11,7): warning CAP0294: 'package' is an old form; it is read as git: https://example.org/k.
            """,
        ],
        [
            "A tag",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            dependencies:
              llama:
                source: !LocalPackage {path: ../llama}
                target: !BundledChild {team_name: a}

            """,
            """
            capability.yml(13,13): warning CAP0294: '!LocalPackage' is an old form; it is read as a plain map, source: {path: …}.
            capability.yml(14,13): warning CAP0294: '!BundledChild' is an old form; it is read as nothing: a dependency has only a source.
            """,
        ],
        [
            "from_option in env",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
                      env:
                        A: {from_option: model}

            """,
            """
            capability.yml(12,16): error CAP0211: 'from_option' cannot stand at 'workloads.hello.runtime.source.start.env.A'.
            """,
        ],
        [
            "from_option as a default",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            options:
              a:
                kind: string
                default: {from_option: b}

            """,
            """
            capability.yml(14,14): error CAP0211: 'from_option' cannot stand at 'options.a.default'.
            """,
        ],
        [
            "No shape",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp]

            """,
            """
            capability.yml(4,3): error CAP0221: Workload 'hello' does not say what it is.
            """,
        ],
        [
            "Two shapes",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                import: {dependency: d, exposed_path: /x}
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            dependencies: {d: {source: {path: ../d}}}

            """,
            """
            capability.yml(6,5): error CAP0222: Workload 'hello' has both 'runtime' and 'import'.
            """,
        ],
        [
            "An empty runtime",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                runtime:
                  capabilities: {gpu: metal}

            """,
            """
            capability.yml(5,5): error CAP0223: 'workloads.hello.runtime' has neither 'source' nor a Relay.
            """,
        ],
        [
            "Empty variants",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                variants: {}

            """,
            """
            capability.yml(5,5): error CAP0224: 'variants' of workload 'hello' is empty.
            """,
        ],
        [
            "A variant without runtime",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                variants:
                  default: {}

            """,
            """
            capability.yml(6,7): error CAP0202: 'workloads.hello.variants.default.runtime' is missing.
            """,
        ],
        [
            "Connections",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                connections: [hello, nobody, nobody]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(6,19): error CAP0226: Workload 'hello' connects to itself.
            capability.yml(6,26): error CAP0225: Workload 'hello' connects to 'nobody', which does not exist. Declared: hello.
            capability.yml(6,34): error CAP0225: Workload 'hello' connects to 'nobody', which does not exist. Declared: hello.
            capability.yml(6,34): error CAP0227: 'nobody' is listed twice.
            """,
        ],
        [
            "Connections in circles",
            """
            version: '1'
            name: hello
            workloads:
              a: {connections: [b, c], runtime: {source: {toolchain: bun, start: {command: a}}}}
              b: {connections: [c], runtime: {source: {toolchain: bun, start: {command: b}}}}
              c: {connections: [d], runtime: {source: {toolchain: bun, start: {command: c}}}}
              d: {connections: [e, b], runtime: {source: {toolchain: bun, start: {command: d}}}}
              e: {runtime: {source: {toolchain: bun, start: {command: e}}}}
              f: {connections: [g], runtime: {source: {toolchain: bun, start: {command: f}}}}
              g: {connections: [a, f], runtime: {source: {toolchain: bun, start: {command: g}}}}

            """,
            """
            capability.yml(7,24): error CAP0229: These workloads connect to each other in a circle: b, c, d, b.
            capability.yml(10,24): error CAP0229: These workloads connect to each other in a circle: f, g, f.
            """,
        ],
        [
            "An import of nothing declared",
            """
            version: '1'
            name: hello
            workloads:
              llama:
                import: {dependency: llama, exposed_path: /oaic}

            """,
            """
            capability.yml(5,26): error CAP0228: Workload 'llama' imports from 'llama', which is not a dependency. Declared: none.
            """,
        ],
        [
            "Endpoints that are none",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [grpc, 5, {grpc: /x}, {a: 1, b: 2}, {path: /x}, health]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(5,17): error CAP0230: This is not an endpoint: 'grpc' is neither a protocol nor a path.
            capability.yml(5,23): error CAP0230: This is not an endpoint: an integer.
            capability.yml(5,27): error CAP0230: This is not an endpoint: 'grpc' is no protocol with a path.
            capability.yml(5,38): error CAP0230: This is not an endpoint: a map without 'protocol'.
            capability.yml(5,52): error CAP0202: 'workloads.hello.endpoints[4].protocol' is missing.
            capability.yml(5,64): error CAP0230: This is not an endpoint: 'health' is neither a protocol nor a path.
            """,
        ],
        [
            "Endpoints at the same path",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, {protocol: http, path: /mcp}]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(5,22): error CAP0232: Workload 'hello' has two endpoints at '/mcp'.
            """,
        ],
        [
            "config on http",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [{protocol: http, config: {}}]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(5,34): error CAP0233: 'config' is only for mcp endpoints, and this one is http.
            """,
        ],
        [
            "An exposed endpoint that is not declared",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            expose:
              - path: /a2a
                target: hello
                endpoints:
                  - a2a

            """,
            """
            capability.yml(15,9): error CAP0231: Workload 'hello' has no endpoint 'a2a'. Declared: mcp, http.
            """,
        ],
        [
            "An ambiguous endpoint",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [{mcp: /a}, {mcp: /b}]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            expose:
              - path: /mcp
                target: hello
                endpoints: [mcp]

            """,
            """
            capability.yml(14,17): error CAP0234: Workload 'hello' has several endpoints of protocol 'mcp': /a, /b.
            """,
        ],
        [
            "No endpoint exposed",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            expose:
              - path: /a
                target: hello
                endpoints: []

            """,
            """
            capability.yml(14,5): error CAP0235: 'expose[0].endpoints' lists no endpoint.
            """,
        ],
        [
            "An unknown target",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            expose:
              - path: /a
                target: hallo
                endpoints: [mcp]

            """,
            """
            capability.yml(13,13): error CAP0236: There is no workload 'hallo'. Declared: hello.
            """,
        ],
        [
            "A public path twice",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            expose:
              - {path: /, target: hello, endpoints: [mcp, http]}
              - {path: /mcp, target: hello, endpoints: [mcp]}

            """,
            """
            capability.yml(13,12): error CAP0237: The public path '/mcp' is already exposed on line 12.
            """,
        ],
        [
            "Two default servers",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            expose:
              - {path: /, target: hello, default_mcp: true, endpoints: [mcp]}
              - {path: /mcp, target: hello, default_mcp: true, endpoints: [mcp]}

            """,
            """
            capability.yml(13,46): error CAP0238: A second entry is marked 'default_mcp'; the first is on line 12.
            """,
        ],
        [
            "A default server without mcp",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            expose:
              - path: /
                target: hello
                default_mcp: true
                endpoints: [http]

            """,
            """
            capability.yml(14,18): error CAP0239: The entry '/' is marked 'default_mcp' but exposes no mcp endpoint.
            """,
        ],
        [
            "An endpoint reference that is none",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            expose:
              - path: /
                target: hello
                endpoints: [health]

            """,
            """
            capability.yml(14,17): error CAP0240: 'health' is neither a protocol nor a path.
            """,
        ],
        [
            "A variable's name",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
                      env: {1A: x}

            """,
            """
            capability.yml(11,17): error CAP0241: '1A' cannot be the name of an environment variable.
            """,
        ],
        [
            "A variable from two sources",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
                      env: {A: x}
                      env_from_options: {A: a}
            options: {a: {kind: string}}

            """,
            """
            capability.yml(12,30): error CAP0242: The variable 'A' stands in both 'env' and 'env_from_options'.
            """,
        ],
        [
            "A variable from an unknown option",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
                      env_from_options:
                        A: model

            """,
            """
            capability.yml(12,16): error CAP0243: The variable 'A' takes its value from the option 'model', which is not declared. Declared: none.
            """,
        ],
        [
            "A variable of the runner",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
                      env:
                        CAPAKIT_WORKLOAD_MID: x

            """,
            """
            capability.yml(12,13): warning CAP0244: The variable 'CAPAKIT_WORKLOAD_MID' is set by the runner; the value given here has no effect.
            """,
        ],
        [
            "A variable that is a list",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
                      env:
                        A: [x]

            """,
            """
            capability.yml(12,16): error CAP0200: 'workloads.hello.runtime.source.start.env.A' must be a string, but this is a list.
            """,
        ],
        [
            "Defaults of another kind",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            options:
              a: {kind: number, default: '8192'}
              b: {kind: boolean, default: 1}
              c: {kind: string, default: 8192}
              d: {kind: path, default: true}
              e: {kind: number, default: .inf}

            """,
            """
            capability.yml(12,30): error CAP0250: The default of option 'a' is a string, but its kind is number.
            capability.yml(13,31): error CAP0250: The default of option 'b' is an integer, but its kind is boolean.
            capability.yml(14,30): error CAP0250: The default of option 'c' is an integer, but its kind is string.
            capability.yml(15,28): error CAP0250: The default of option 'd' is a boolean, but its kind is path.
            capability.yml(16,30): error CAP0250: The default of option 'e' is infinite or no number, but its kind is number.
            """,
        ],
        [
            "A default outside the enum",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            options:
              a:
                kind: enum
                enum_values: [none, metal]
                default: cuda

            """,
            """
            capability.yml(15,14): error CAP0251: The default of option 'a' is 'cuda', which is not among its values: none, metal.
            """,
        ],
        [
            "An enum without values",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            options:
              a:
                kind: enum

            """,
            """
            capability.yml(12,3): error CAP0252: Option 'a' is an enum without values.
            """,
        ],
        [
            "Values without an enum",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            options:
              a:
                kind: string
                enum_values: [x]

            """,
            """
            capability.yml(14,5): error CAP0253: Option 'a' has 'enum_values' but its kind is string.
            """,
        ],
        [
            "An enum value twice",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            options:
              a:
                kind: enum
                enum_values: [x, x]

            """,
            """
            capability.yml(14,22): error CAP0227: 'x' is listed twice.
            """,
        ],
        [
            "An unknown kind",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            options:
              a:
                kind: bool

            """,
            """
            capability.yml(13,11): error CAP0203: 'options.a.kind' cannot be 'bool'; allowed: string, number, boolean, enum, path.
            """,
        ],
        [
            "A GPU option that is not declared",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  capabilities: {gpu: {from_option: gpu}}
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(7,41): error CAP0258: 'gpu' takes its value from the option 'gpu', which is not declared. Declared: none.
            """,
        ],
        [
            "A GPU option with other values",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  capabilities: {gpu: {from_option: gpu}}
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            options:
              gpu:
                kind: enum
                enum_values: [none, cuda]

            """,
            """
            capability.yml(7,41): error CAP0259: Option 'gpu' decides about 'gpu', but may be 'cuda'; only 'none' and 'metal' are known.
            """,
        ],
        [
            "Another GPU",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  capabilities: {gpu: cuda}
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts

            """,
            """
            capability.yml(7,27): error CAP0203: 'workloads.hello.runtime.capabilities.gpu' cannot be 'cuda'; allowed: metal.
            """,
        ],
        [
            "Mounts",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                mounts:
                  - models
                  - mount_mid: images
                    access: read_write
                  - 5
                  - images
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            host_mounts:
              images: {usage: Pictures}

            """,
            """
            capability.yml(7,9): error CAP0260: 'models' is not a declared mount. Declared: images.
            capability.yml(9,17): error CAP0261: Workload 'hello' asks for read_write on mount 'images', which is declared read_only.
            capability.yml(10,9): error CAP0200: 'workloads.hello.mounts[2]' must be a mount id or a map, but this is an integer.
            capability.yml(11,9): error CAP0227: 'images' is listed twice.
            """,
        ],
        [
            "Both names of a mount",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                mounts:
                  - mount_mid: images
                    mount_key: images
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            host_mounts:
              images: {usage: Pictures}

            """,
            """
            capability.yml(8,9): error CAP0262: 'mount_mid' and 'mount_key' are two names for one field.
            """,
        ],
        [
            "Mounts that share a variable",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                mounts: [a-b, a_b]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            host_mounts:
              a-b: {usage: x}
              a_b: {usage: x}

            """,
            """
            capability.yml(6,19): error CAP0263: The mounts 'a-b' and 'a_b' would share the variable CAPAKIT_MOUNT_A_B.
            """,
        ],
        [
            "A mount without usage",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            host_mounts:
              images: {access: write}

            """,
            """
            capability.yml(12,3): error CAP0202: 'host_mounts.images.usage' is missing.
            capability.yml(12,20): error CAP0203: 'host_mounts.images.access' cannot be 'write'; allowed: read_only, read_write.
            """,
        ],
        [
            "A secret twice",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            kit_secrets:
              - {key: a, usage: x}
            vault_secrets:
              - {key: a, usage: x}

            """,
            """
            capability.yml(14,11): error CAP0264: The secret 'a' is already declared on line 12.
            """,
        ],
        [
            "A generated kit secret",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            kit_secrets:
              - key: a
                usage: x
                source: generate

            """,
            """
            capability.yml(14,13): error CAP0265: The secret 'a' is generated, but its format is opaque.
            """,
        ],
        [
            "A vault secret for code",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                exposed_secrets: [a, b]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            vault_secrets:
              - {key: a, usage: x}

            """,
            """
            capability.yml(6,23): error CAP0266: 'a' is a vault secret and must not reach the code of workload 'hello'.
            capability.yml(6,26): error CAP0267: 'b' is not a declared kit secret. Declared: none.
            """,
        ],
        [
            "A Relay with a kit secret and the wrong protocol",
            """
            version: '1'
            name: hello
            workloads:
              openai:
                runtime:
                  attachments:
                    relays:
                      - kind: exit_to_open_ai
                        endpoint: http
                        api_key_secret: k
            kit_secrets:
              - {key: k, usage: x}

            """,
            """
            capability.yml(9,23): error CAP0269: A Relay of kind exit_to_open_ai speaks oaic, but its endpoint is http.
            capability.yml(10,29): error CAP0268: 'k' is not a declared vault secret. Declared: none.
            """,
        ],
        [
            "A dependency without source",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            dependencies:
              d:
                source: {}
              e:
                source: {path: ../e, git: https://example.org/e}

            """,
            """
            capability.yml(13,5): error CAP0270: The source of dependency 'd' must have either 'path' or 'git'.
            capability.yml(15,5): error CAP0270: The source of dependency 'e' must have either 'path' or 'git'.
            """,
        ],
        [
            "A ref of a path",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            dependencies:
              d:
                source: {path: ../d, ref: main}

            """,
            """
            capability.yml(13,26): error CAP0271: 'ref' is only for git sources.
            """,
        ],
        [
            "A URL that is a flag",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            dependencies:
              d:
                source:
                  git: --upload-pack=x

            """,
            """
            capability.yml(14,12): error CAP0272: 'dependencies.d.source.git' must not start with '-'.
            """,
        ],
        [
            "Bindings",
            """
            version: '1'
            name: hello
            workloads:
              hello:
                endpoints: [mcp, http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: bun run a.ts
            dependencies:
              d:
                source: {path: ../d}
                options:
                  o: {from_option: a}
                mount_bindings: {m: b}
                secret_bindings: {s: c}

            """,
            """
            capability.yml(15,24): error CAP0273: Dependency 'd' takes a value from the option 'a', which is not declared. Declared: none.
            capability.yml(16,25): error CAP0274: Dependency 'd' is bound to the mount 'b', which is not declared. Declared: none.
            capability.yml(17,26): error CAP0275: Dependency 'd' is bound to the secret 'c', which is not declared. Declared: none.
            """,
        ],
    ];

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void ABrokenRuleIsSaidAtItsPlace(string name, string manifest, string expected) =>
        Assert.AreEqual(expected, KitScene.Said(manifest), name);
}
