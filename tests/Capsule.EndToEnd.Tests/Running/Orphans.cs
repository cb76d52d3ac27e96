using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>
/// A workload of ours outside of a sandbox, as other runners start it (specs: kits 3.10): it ends by itself when the process is gone that it was
/// told to watch. Inside of ours nothing of the kind may happen, and whole runs show that.
/// </summary>
[TestClass]
public sealed class Orphans : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task EndByThemselvesWithTheirHooksRun()
    {
        await _capsule.HoldingAsync("bun");
        _capsule.Write("workload.mjs", $$"""
            import { createWorkloadSdk } from "{{Checkout.File("sdk", "workload-sdk", "index.js")}}";
            Bun.serve({
              unix: process.env.CAPAKIT_WORKLOAD_BRIDGE_BIND.slice("unix:".length),
              fetch: async (request) => new Response(JSON.stringify({ id: (await request.json()).id, ok: null }) + "\n", { headers: { "content-type": request.headers.get("content-type") } }),
            });
            const sdk = createWorkloadSdk({ onShutdown: ({ cause }) => console.log("stopped:", cause.kind) });
            sdk.mount({ protocol: "http", endpoint: "/http", handler: () => new Response("here") });
            await sdk.start();
            console.log("started");
            """);

        var run = await Command.RunAsync(
            "sh",
            ["-c", """
                sleep 100 & host=$!
                CAPAKIT_WORKLOAD_HOST_PID=$host CAPAKIT_WORKLOAD_INGRESS_BIND=unix:$PWD/i CAPAKIT_WORKLOAD_BRIDGE_BIND=unix:$PWD/b home/toolchains/bun/*/bin/bun workload.mjs > out 2>&1 & workload=$!
                until grep -q started out; do kill -0 $workload || break; sleep 0.1; done
                kill $host; wait $host
                wait $workload; echo "exit $?"; cat out; test -e i && echo "the socket is still there"
                """.Replace("home/toolchains", _capsule.Home + "/toolchains", StringComparison.Ordinal)],
            _capsule.Folder,
            timeout: TimeSpan.FromMinutes(1));

        StringAssert.Contains(run.Output, "exit 0\n", run.All);
        StringAssert.Contains(run.Output, "started\nstopped: orphaned\n");
        Assert.IsFalse(run.Output.Contains("still there", StringComparison.Ordinal), run.All);
    }
}
