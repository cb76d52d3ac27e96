namespace Capsule.Families.Tests.Kits;

/// <summary>Every shape that a manifest may have is accepted without a word.</summary>
[TestClass]
public class RightManifests
{
    [TestMethod]
    public void EveryFieldAtOnce() => Assert.AreEqual("", KitScene.Said("""
        version: '1'
        name: a
        license: Apache-2.0
        workloads:
          app:
            endpoints:
              - http
              - /health
              - mcp: /agent
              - {protocol: mcp, path: /tool, config: {timeout_ms: 30000}}
              - protocol: a2a
            connections: [llama, model, openai]
            mounts:
              - images
              - {mount_mid: models, access: read_only}
              - {mount_key: uploads}
            exposed_secrets: [vendor_api_key]
            runtime:
              source:
                toolchain: bun
                prepare: {command: bun install, network: full}
                hydrate:
                  command: |
                    bun run src/hydrate.ts
                    echo ready
                start:
                  command: bun run start
                  env: {PORT: 3000, DEBUG: false, EMPTY: '', NAME: x}
                  env_from_options: {SIZE: size, MODEL: model}
                  network: loopback
              capabilities:
                gpu: {from_option: gpu}
          llama:
            import: {dependency: llama, exposed_path: /oaic}
          model:
            endpoints: [oaic]
            variants:
              default: {runtime: {source: {toolchain: bun, start: {command: a}}}}
              gpu: {runtime: {source: {toolchain: bun, start: {command: b}}, capabilities: {gpu: metal}}}
          openai:
            runtime:
              attachments:
                relays:
                  - {kind: exit_to_open_ai, endpoint: oaic, api_key_secret: openai_api_key}
                  - {kind: exit_to_anthropic, endpoint: /anthropic, api_key_secret: openai_api_key}
        expose:
          - {path: /, target: app, endpoints: [http]}
          - {path: /tools/, target: app, endpoints: [/agent, /tool], default_mcp: true}
          - {path: /v1, target: llama, endpoints: [oaic]}
          - {path: /open, target: openai, endpoints: [oaic]}
        options:
          size: {kind: number, default: 8192, description: How much}
          model: {kind: string, default: ''}
          gpu: {kind: enum, enum_values: [none, metal], default: metal}
          deep: {kind: boolean, default: true}
          where: {kind: path, required: true}
        dependencies:
          llama:
            source: {git: 'https://example.org/llama', ref: main}
            options: {default_model: {from_option: model}, context_size: 8192, fast: true}
            mount_bindings: {models: models}
            secret_bindings: {key: vendor_api_key}
          tools:
            source: {path: ../tools}
        host_mounts:
          images: {usage: Pictures}
          models: {usage: Models, access: read_write}
          uploads: {usage: Uploads, access: read_only}
        kit_secrets:
          - {key: vendor_api_key, usage: Vendor, source: prompt, format: opaque}
          - {key: session, usage: Session, source: generate, format: password}
        vault_secrets:
          - {key: openai_api_key, usage: OpenAI, source: generate}

        """));

    [TestMethod]
    public void NullCountsAsOmitted() => Assert.AreEqual("", KitScene.Said(KitScene.Hello + """
        license:
        options: ~
        dependencies: null

        """));

    [TestMethod]
    public void AnAnchorMayStandForARepeatedPart() => Assert.AreEqual("", KitScene.Said("""
        version: '1'
        name: twins
        workloads:
          one:
            runtime: &same {source: {toolchain: bun, start: {command: a}}}
          two:
            runtime: *same

        """));
}
