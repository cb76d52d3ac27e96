namespace Capsule.Families.Tests.Schemas;

/// <summary>Manifests that use most of what there is and break no rule; the mistakes are made in them.</summary>
internal static class RightManifest
{
    public const string Kit = """
        # yaml-language-server: $schema=.schemas/capability.schema.json
        version: '1'
        name: shop
        license: Apache-2.0
        workloads:
          web:
            endpoints: [http, /health, mcp: /agent, {protocol: mcp, path: /tool, config: {timeout_ms: 30000}}]
            connections: [brain, imported]
            mounts: [models, {mount_mid: cache, access: read_only}]
            exposed_secrets: [api_key]
            runtime:
              source:
                toolchain: bun
                prepare:
                  command: bun install
                  network: full
                  egress_allow: [registry, api.example.com, '*.example.org', 'https://example.net:8443']
                start:
                  command: bun run start
                  env: {LEVEL: debug, SIZE: 8192}
                  env_from_options: {MODE: mode}
          brain:
            endpoints: [oaic]
            runtime:
              attachments:
                relays:
                  - kind: exit_to_open_ai
                    endpoint: oaic
                    api_key_secret: openai
          imported:
            import: {dependency: other, exposed_path: /oaic}
          fast:
            variants:
              default:
                runtime:
                  capabilities: {gpu: {from_option: gpu}}
                  source: {toolchain: bun, start: {command: bun fast}}
        expose:
          - path: /
            target: web
            endpoints: [http]
          - path: /mcp
            target: web
            endpoints: [/tool]
            default_mcp: true
        options:
          mode: {kind: enum, enum_values: [quick, slow], default: quick, description: How to work.}
          gpu: {kind: enum, enum_values: [none, metal], default: none}
          size: {kind: number, default: 3, required: true}
        dependencies:
          other:
            source: {git: 'https://example.com/other.git', ref: main}
            options: {size: 3, mode: {from_option: mode}}
            mount_bindings: {m: models}
            secret_bindings: {s: api_key}
        host_mounts:
          models: {usage: The models., access: read_write}
          cache: {usage: A cache.}
        kit_secrets:
          - {key: api_key, usage: For the API., source: generate, format: password}
        vault_secrets:
          - key: openai
            usage: For the Relay.

        """;

    public const string KitTests = """
        # yaml-language-server: $schema=.schemas/capability-test.schema.json
        tests:
          - id: greets
            kind: mcp
            target: {exposed_path: /mcp}
            request: {tool: greet, inputs: {name: x}}
            validations: $.text.contains("x")
          - id: answers
            kind: http
            target: {workload: web, endpoint: /health}
            request:
              method: PUT
              path: /items?page=2
              json: {a: [1]}
            validations: [$.status_code.eq(200), '$.body[0].eq(exists())']
          - id: compiles
            kind: exec
            target: {workload: web}
            request: {command: [bun, test]}
            verbose_output: $.exit_code

        """;

    public const string Capsule = """
        #:schema .schemas/capsule.schema.json
        schema_version = "0.2"
        name = "my-shop"
        version = "1.2.0-beta.1"
        type = "app"
        default_target = "server"

        [metadata]
        description = "A shop."
        tags = ["shop"]

        [requirements]
        platform = ["linux-amd64"]
        disk = "1.5 GB"

        [pack]
        exclude = ["*.log"]

        [network]
        egress_allow = ["api.example.com", "*.example.org:8443", "https://example.net"]

        [isolation]
        allow_env = ["LANG"]

        [build]
        gpu = false

        [model]
        quantization = "8bit"

        [capabilities]
        context_length = 4096

        [targets]
        startup_timeout = 30

        [targets.env]
        LEVEL = "debug"

        [targets.server]
        runtime = "source"
        driver = "node"
        runtime_version = "22.11.0"
        entrypoint = "server.mjs"
        cmd = ["--fast"]
        required_env = ["TOKEN"]
        port = 3000
        health_check = "/health"

        [targets.site]
        runtime = "web"
        driver = "static"
        entrypoint = "site"
        port = 8080

        """;

    public const string Atom = """
        #:schema .schemas/atom.schema.json
        id           = "acme-atoms/design-spec/greeting"
        version      = "1.0.0"
        content_hash = ""
        lifecycle    = "draft"
        created_at  = "2026-05-24T00:00:00Z"
        supersedes   = ""

        [spec]
        class       = "design-spec"
        title       = "Greeting"
        summary     = "How to greet."
        authors     = ["acme"]
        conforms_to = "acme-atoms/design-spec/greeting@1.0.0"
        asset       = "spec.md"
        reviewed    = true

        [[spec.amendments]]
        date = 2026-05-25
        author = "acme"
        summary = "A word."

        [protocol]
        provenance = "https://acme.example/greeting — by hand"
        license = "MIT"

        [signature.k1]
        value = "UNSIGNED-PLACEHOLDER"

        """;

    public const string Catalog = """
        # yaml-language-server: $schema=.schemas/ATOMS.schema.json
        spec_version: atoms-spec/v1.1.0
        name: acme-atoms
        version: 1.0.0-draft
        canonical_domain: atoms.acme.example
        atom_types: [design-spec]
        canonicalization: atoms-canon/1
        signing:
          accepted_algorithms: [ml-dsa-65]
          quorum_rules:
            default: "1 of role:editor"
            rfc: "1 of role:editor + 2 of 5 of role:ratifier"
            "governance/*":
              - {role: root, count: 1, of: 2}
        keys:
          - id: k1
            role: editor
            algorithm: ML-DSA-65
            fingerprint: d666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9
            expires_at: null
            revoked: false
        steward: acme

        """;
}
