using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit that takes a part from the folder beside it is packed, and runs where that folder is not.</summary>
[TestClass]
public sealed class CarriedKits : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task RunFromThePackageAlone()
    {
        _capsule.Write("parts/capability.yml", """
            version: '1'
            name: parts
            workloads:
              clock: {endpoints: [http], runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}}
            expose: [{path: /, target: clock, endpoints: [http]}]

            """);
        _capsule.Write("parts/workloads/clock/index.ts", "Bun.serve({ unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice(5), fetch: () => new Response('tick') });");
        _capsule.Write("whole/capability.yml", """
            version: '1'
            name: whole
            workloads:
              app: {endpoints: [http], connections: [clock], runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}}
              clock: {import: {dependency: parts, exposed_path: /}}
            dependencies:
              parts: {source: {path: ../parts}}
            expose: [{path: /, target: app, endpoints: [http]}]

            """);
        _capsule.Write("whole/workloads/app/index.ts", """
            const peer = JSON.parse(process.env.CAPAKIT_CONNECTED_WORKLOADS!)[0];
            Bun.serve({ unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice(5), fetch: async () => new Response("it says " + await (await fetch("http://x/", { unix: peer.bind.slice(5) })).text()) });
            """);
        _capsule.Write("whole/capability-test.yml", """
            stubs:
              parts: {answers: [{path: /, text: tock}]}
            tests:
              - {id: asks, kind: http, target: {exposed_path: /}, request: {path: /, method: GET}, validations: '$.body.eq(it says tock)'}

            """);
        await _capsule.HoldingAsync("bun");
        StringAssert.Contains(await _capsule.DoAsync("test", "whole"), "1 passed, 0 failed");
        var real = await _capsule.RunAsync("test", "whole", "--no-stubs");
        Assert.AreEqual(6, real.ExitCode);
        StringAssert.Contains(real.Error, "expected \"it says tock\" but was \"it says tick\"");
        await _capsule.DoAsync("pack", "whole", "--publisher", "acme", "--version", "1.0.0", "-o", "out");
        Directory.Delete(_capsule["parts"], recursive: true);
        Directory.Delete(_capsule["whole"], recursive: true);

        var plan = JsonNode.Parse(await _capsule.DoAsync("plan", "out/whole.capakit", "--json"))!["data"]!;
        using var run = await RunningRun.DetachAsync(_capsule, "out/whole.capakit", "--consent", (string)plan["consentHash"]!);
        Assert.AreEqual("it says tick", await run.GetAsync("/"));
        await _capsule.DoAsync("stop", run.Id);
    }
}
