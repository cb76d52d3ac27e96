using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;

namespace Capsule.Families.Tests.Kits;

[TestClass]
public class KitLaunchTests
{
    private const string Source = """
        version: '1'
        name: full
        workloads:
          app:
            endpoints: [http, {mcp: /agent}, {protocol: mcp, path: /slow, config: {timeout_ms: 90000}}]
            connections: [peer]
            mounts: [in-box, {mount_mid: models, access: read_only}]
            exposed_secrets: [key]
            runtime:
              source:
                toolchain: bun
                prepare: {command: bun install}
                hydrate: {command: bun run hydrate, env_from_options: {MODEL: model}}
                start: {command: bun start, network: loopback, env: {A: 1.0, HOME: /elsewhere}, env_from_options: {SIZE: size, NOTE: note}}
          peer:
            endpoints: [oaic]
            runtime: {source: {toolchain: bun, start: {command: bun peer}}}
          quiet:
            runtime: {source: {toolchain: bun, start: {command: bun quiet}}}
        expose:
          - {path: /, target: app, endpoints: [http]}
          - {path: /tools, target: app, endpoints: [/slow, /agent], default_mcp: true}
          - {path: /v1, target: peer, endpoints: [oaic]}
        options:
          model: {kind: string, default: ''}
          size: {kind: number, default: 8192}
          note: {kind: string}
        host_mounts:
          in-box: {usage: x, access: read_write}
          models: {usage: y, access: read_write}
        kit_secrets:
          - {key: key, usage: z}

        """;

    /// <summary>Kits say 'metal'; a run on Linux goes on without (specs: kits 8).</summary>
    [TestMethod]
    [DataRow("metal", "metal")]
    [DataRow("{from_option: how}", null)]
    public void AGpuIsAWishAndNoDemand(string gpu, string? wish)
    {
        var source = Source
            .Replace("quiet:\n    runtime: {source", $"quiet:\n    runtime: {{capabilities: {{gpu: {gpu}}}, source", StringComparison.Ordinal)
            .Replace("\noptions:\n", "\noptions:\n  how: {kind: enum, enum_values: [none, metal], default: none}\n", StringComparison.Ordinal);
        using var scene = new KitScene(source);
        var plan = scene.Compiled().Launch!;
        Assert.AreEqual((null, wish), (plan.Requires.Gpu, plan.Requires.GpuWish));
    }

    [TestMethod]
    public void EachWorkloadWithCodeIsACell()
    {
        var plan = Compile();
        Assert.AreEqual("app: app/prepare app/hydrate app/start|peer: peer/start|quiet: quiet/start", string.Join('|', plan.Cells.Select(c =>
            $"{c.Id}: {string.Join(' ', c.Processes.Select(p => p.Id))}")));
        Assert.IsTrue(plan.Cells.SelectMany(c => c.Processes).All(p => p is { Cwd: "/app", Argv: null, Toolchain.Name: "bun" }));
    }

    [TestMethod]
    public void NodePreparesWithBunAndTheMachinesOwnIsNotLocked()
    {
        using var scene = new KitScene(Source.Replace("toolchain: bun", "toolchain: node", StringComparison.Ordinal));
        var compiled = scene.Compiled();
        Assert.AreEqual("bun node node", string.Join(' ', compiled.Launch!.Cells[0].Processes.Select(p => p.Toolchain!.Name)));
        Assert.AreEqual("bun node", string.Join(' ', compiled.Toolchains.Select(t => t.Name)));

        foreach (var name in new[] { "python", "dotnet" })
        {
            using var system = new KitScene(Source.Replace("toolchain: bun", "toolchain: " + name, StringComparison.Ordinal));
            Assert.AreEqual(name, system.Compiled().Launch!.Cells[0].Processes[0].Toolchain!.Name);
            Assert.IsEmpty(system.Compiled().Toolchains);
        }
    }

    [TestMethod]
    public void StagesHaveTheirDefaultNetwork()
    {
        var app = Compile().Cells[0].Processes;
        Assert.AreEqual("Full Full Loopback", string.Join(' ', app.Select(p => p.Network.Mode)));
        Assert.AreEqual(NetworkMode.None, Compile().Cells[1].Processes[0].Network.Mode);
        var permission = app[2].Network.Permission!;
        Assert.AreEqual("network:app/start", permission.Id);
        Assert.AreEqual("/workloads/app/runtime/source/start/network", permission.Origin.Pointer);
        Assert.AreEqual("network: loopback", permission.Grant);
        Assert.AreEqual(("capability.yml", 12), (permission.Origin.File, app[0].Network.Permission!.Origin.Range!.Line));
        Assert.AreEqual("network: full", Compile().Cells[1].Processes[0].Network.Permission!.Grant);
    }

    [TestMethod]
    public void TheEnvironmentIsTheContract()
    {
        var start = Compile().Cells[0].Processes[2];
        Assert.AreEqual(
            """
            A=1.0
            CAPAKIT_CONNECTED_WORKLOADS=[{"workloadMid":"peer","workloadKey":"peer","endpoint":"/oaic","protocol":"oaic","bind":"unix:/run/capsule/peers/peer.sock"}]
            CAPAKIT_MOUNTS_JSON={"in-box":{"mid":"in-box","key":"in-box","path":"/mnt/in-box","access":"read_write"},"models":{"mid":"models","key":"models","path":"/mnt/models","access":"read_only"}}
            CAPAKIT_MOUNT_IN_BOX=/mnt/in-box
            CAPAKIT_MOUNT_MODELS=/mnt/models
            CAPAKIT_RUNNER_BRIDGE_BIND=unix:/run/capsule/bridge.sock
            CAPAKIT_RUNNER_MANAGED_INGRESS_BIND=unix:/run/capsule/ingress/i.sock
            CAPAKIT_WORKLOAD_BRIDGE_BIND=unix:/run/capsule/bridge.sock
            CAPAKIT_WORKLOAD_INGRESS_BIND=unix:/run/capsule/ingress/i.sock
            CAPAKIT_WORKLOAD_KEY=app
            CAPAKIT_WORKLOAD_MID=app
            HOME=/elsewhere
            SIZE=8192
            TMPDIR=/tmp
            XDG_CACHE_HOME=/var/cache/capsule
            container=capsule
            """,
            string.Join('\n', start.Env.Select(v => $"{v.Key}={v.Value}")));
        Assert.AreEqual("/run/capsule/bridge.sock", start.Bridge);
        Assert.AreEqual("", Compile().Cells[0].Processes[1].Env["MODEL"]);
        Assert.IsFalse(Compile().Cells[1].Processes[0].Env.ContainsKey("CAPAKIT_MOUNTS_JSON"));
        Assert.AreEqual("0 3", string.Join(' ', Compile().Cells[0].Processes.Take(2).Select(p => p.Env.Keys.Count(k => k.StartsWith("CAPAKIT_MOUNT", StringComparison.Ordinal)))), "prepare, hydrate");
    }

    [TestMethod]
    public void ValuesForARunReplaceDefaults()
    {
        using var scene = Scene();
        var env = scene.Compiled(("size", "1e3"), ("note", "hi")).Launch!.Cells[0].Processes[2].Env;
        Assert.AreEqual(("1e3", "hi"), (env["SIZE"], env["NOTE"]));
    }

    [TestMethod]
    public void WrongValuesForARunAreRefused()
    {
        using var scene = Scene();
        Assert.AreEqual(
            """
            error CAP0255: The Kit has no option 'sice'. Declared: model, size, note.
            capability.yml(26,3): error CAP0256: 'big' is not a value for option 'size', which takes a number.
            """,
            KitScene.Said(scene.Compile(("sice", "1"), ("size", "big")).Diagnostics));
    }

    [TestMethod]
    public void ARequiredOptionWithoutValueStopsARunOnly()
    {
        using var scene = new KitScene(KitScene.Hello + "options:\n  where: {kind: path, required: true}\n");
        Assert.AreEqual("capability.yml(18,3): error CAP0257: Option 'where' needs a value.", KitScene.Said(scene.Compiled().LaunchNotYet));
        Assert.IsEmpty(scene.Compiled(("where", "/x")).LaunchNotYet);
    }

    [TestMethod]
    public void ReadinessIsAConnectionWhereThereIsAnEndpoint()
    {
        var plan = Compile();
        Assert.AreEqual(new ReadyPlan { Kind = ReadyKind.Connect, Listener = "ingress", TimeoutSeconds = 120 }, plan.Cells[0].Processes[2].Ready);
        Assert.AreEqual(ReadyKind.Started, plan.Cells[2].Processes[0].Ready.Kind);
        Assert.AreEqual(new StopPlan("TERM", 5), plan.Cells[0].Processes[2].Stop);
        Assert.AreEqual("/run/capsule/ingress/i.sock", plan.Cells[0].Processes[2].Listen.Single().Path);
        Assert.IsEmpty(plan.Cells[0].Processes[0].Listen);
    }

    [TestMethod]
    public void RoutesComeLongestFirstAndSeveralEndpointsKeepTheirPaths()
    {
        Assert.AreEqual(
            """
            /tools/agent -> app/start /agent mcp False
            /tools/slow -> app/start /slow mcp True 90000
            /v1 -> peer/start /oaic oaic False
            / -> app/start /http http False
            """,
            string.Join('\n', Compile().Public.Select(r => $"{r.Prefix} -> {r.Process} {r.Path} {r.Protocol} {r.DefaultMcp} {r.TimeoutMilliseconds}".TrimEnd())));
    }

    [TestMethod]
    public void MountsStandBesideEachOther()
    {
        var mounts = Compile().Cells[0].Mounts;
        Assert.AreEqual(
            "app Work workloads/app /app|home State  /home/capsule|cache Cache  /var/cache/capsule|tmp Tmp  /tmp|in-box Host  /mnt/in-box|models Host  /mnt/models",
            string.Join('|', mounts.Select(m => $"{m.Id} {m.Kind} {m.Source} {m.Target}")));
        Assert.IsFalse(mounts.Any(a => mounts.Any(b => b != a && b.Target.StartsWith(a.Target + "/", StringComparison.Ordinal))));
        Assert.AreEqual((MountAccess.ReadOnly, "mounts: [{mount_mid: models, access: read_only}]"), (mounts[5].Access, mounts[5].Permission!.Grant));
        Assert.AreEqual("capability.yml /workloads/app/mounts/1/mount_mid", $"{mounts[5].Permission!.Origin.File} {mounts[5].Permission!.Origin.Pointer}");
        Assert.IsTrue(mounts[5] is { Exec: true, Usage: { Length: > 0 } });
    }

    [TestMethod]
    public void PeersAndSecretsSayWhoAskedForThem()
    {
        var start = Compile().Cells[0].Processes[2];
        var peer = start.Peers.Single();
        Assert.AreEqual(("peer/start", "/oaic", "oaic", "/run/capsule/peers/peer.sock"), (peer.Process, peer.Endpoint, peer.Protocol, peer.Via));
        var permission = peer.Permission!;
        Assert.AreEqual(("peer:app/peer/oaic", "/workloads/app/connections/0", 6, "connections: [peer]"), (permission.Id, permission.Origin.Pointer, permission.Origin.Range!.Line, permission.Grant));
        Assert.AreEqual("workloads: {peer: {endpoints: [{endpoint}]}}", peer.EndpointGrant);
        Assert.AreEqual("app/start may call peer/start at /oaic (oaic)", PermissionSummary.Of(Compile()).Single(p => p.Text.Contains("may call", StringComparison.Ordinal)).Text);
        Assert.IsEmpty(Compile().Cells[0].Processes.Where(p => p.Stage is not ProcessStage.Start).SelectMany(p => p.Peers), "only what runs is called and calls");
        Assert.AreEqual(("key", "/workloads/app/exposed_secrets/0"), (start.Secrets.Single().Id, start.Secrets.Single().Permission!.Origin.Pointer));
    }

    [TestMethod]
    public void AWorkloadStartsAfterThoseThatItConnectsTo()
    {
        using var scene = new KitScene("""
            version: '1'
            name: order
            workloads:
              web:
                connections: [tools, llama, openai, silent]
                runtime: {source: {toolchain: bun, start: {command: a}}}
              tools:
                endpoints: [{protocol: mcp, path: /mcp, config: {timeout_ms: 5000}}, /health]
                connections: [silent]
                runtime: {source: {toolchain: bun, start: {command: b}}}
              silent:
                runtime: {source: {toolchain: bun, start: {command: c}}}
              llama:
                import: {dependency: llama, exposed_path: /oaic}
              openai:
                runtime: {attachments: {relays: [{kind: exit_to_open_ai, endpoint: oaic, api_key_secret: k}]}}
            dependencies:
              llama: {source: {path: ../llama}}
            vault_secrets:
              - {key: k, usage: x}

            """);
        var started = scene.Compiled().Launch!.Cells.ToDictionary(c => c.Id, c => c.Processes.Single());
        Assert.AreEqual("tools/start silent/start", string.Join(' ', started["web"].DependsOn), "an import or a Relay is no process of this Kit");
        Assert.AreEqual("silent/start", string.Join(' ', started["tools"].DependsOn));
        Assert.IsEmpty(started["silent"].DependsOn);
        Assert.AreEqual(
            "tools/start /mcp 5000, tools/start /health , llama/start /oaic , openai/relay /oaic ",
            string.Join(", ", started["web"].Peers.Select(p => $"{p.Process} {p.Endpoint} {p.TimeoutMilliseconds}")),
            "who has no endpoint cannot be called");
        Assert.AreEqual("CAP0286", string.Join(' ', scene.Compiled().LaunchNotYet.Select(d => d.Code).Where(c => c != "CAP0281")), "those have codes of their own");
    }

    [TestMethod]
    public void PlansAreTheSameInEveryFolder()
    {
        using var a = Scene();
        using var b = Scene();
        Assert.AreEqual(PlanJson.Write(a.Compiled().Launch), PlanJson.Write(b.Compiled().Launch));
        Assert.AreEqual(PlanJson.Write(a.Compiled().Pack), PlanJson.Write(b.Compiled().Pack));
    }

    [TestMethod]
    public void WhatIsNotBuiltYetIsSilentAtBuildAndSaidAtRun()
    {
        using var scene = new KitScene(Source + """
            dependencies:
              llama: {source: {path: ../llama}}

            """);
        scene.Folder.Write("workloads/app/a.ts", "");
        scene.Folder.Write("workloads/peer/a.ts", "");
        scene.Folder.Write("workloads/quiet/a.ts", "");
        Assert.AreEqual("", KitScene.Said(scene.Compile().Diagnostics));
        Assert.AreEqual(
            """
            capability.yml(34,26): error CAP0286: The dependency 'llama' is taken from '../llama', and there is no such folder.
            """,
            KitScene.Said(scene.Compiled().LaunchNotYet));
    }

    private static LaunchPlan Compile()
    {
        using var scene = Scene();
        return scene.Compiled().Launch!;
    }

    private static KitScene Scene() => new(Source);
}
