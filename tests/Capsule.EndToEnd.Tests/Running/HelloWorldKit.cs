using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>
/// The first acceptance Kit (specs: kits 8): the published manifests, unchanged, over a workload of our own that asks for the SDK by
/// the published number. The registry does not have it.
/// </summary>
[TestClass]
public sealed class HelloWorldKit : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    [TestCategory("needs-network")]
    public async Task PreparesTypeChecksRunsAnswersAndStops()
    {
        foreach (var manifest in new[] { "capability.yml", "capability-test.yml" })
        {
            _capsule.Write($"kit/{manifest}", await File.ReadAllTextAsync(Vectors.Sample("kits", "hello-world", manifest)));
        }

        _capsule.Write("kit/workloads/hello/package.json", """
            {
              "private": true,
              "type": "module",
              "dependencies": { "@capakit/sdk": "0.0.10", "@modelcontextprotocol/sdk": "1.29.0", "zod": "4.3.6" },
              "devDependencies": { "@types/node": "25.9.1", "typescript": "6.0.3" }
            }
            """);
        _capsule.Write("kit/workloads/hello/tsconfig.json", """
            { "compilerOptions": { "target": "ESNext", "module": "Preserve", "strict": true, "skipLibCheck": true, "noEmit": true, "types": ["node"] }, "include": ["src"] }
            """);
        _capsule.Write("kit/workloads/hello/src/index.ts", """
            import { createWorkloadSdk, endpointPath } from "@capakit/sdk";
            import { mountMcp } from "@capakit/sdk/mcp";
            import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
            import { z } from "zod";

            const sdk = createWorkloadSdk();
            sdk.hijackConsoleLogging();
            const server = new McpServer({ name: process.env.CAPAKIT_WORKLOAD_MID ?? "hello", version: "1.0.0" });
            server.registerTool("hello-world", { outputSchema: { text: z.string() } }, async () => {
              const text = "hello world";
              return { content: [{ type: "text", text }], structuredContent: { text } };
            });
            // @ts-expect-error: an id is no number, and tsc says so
            const number: number = sdk.workloadMid;
            mountMcp(sdk, { endpoint: endpointPath("/mcp"), server });
            await sdk.start();
            """);
        await _capsule.HoldingAsync("bun");

        var tested = await _capsule.RunAsync(TimeSpan.FromMinutes(5), "test", _capsule["kit"]);
        Assert.AreEqual(0, tested.ExitCode, tested.All);
        StringAssert.Contains(tested.All, "hello-world-tool-returns-structured-text");
        StringAssert.Contains(tested.All, "hello-workload-typechecks");

        using var run = await RunningRun.DetachAsync(_capsule, _capsule["kit"]);
        Assert.AreEqual("hello world", (string?)(await run.CallToolAsync("hello-world", []))["text"]);
        StringAssert.Contains(await _capsule.DoAsync("logs", run.Id), "hello/prepare: nothing has changed since the last time", "the tests have prepared it");
        var left = Leftovers.Of(_capsule, run.RunnerPid, run.Address.Port);
        await _capsule.DoAsync("stop", run.Id);
        await left.AreGoneAsync();
        CollectionAssert.AreEqual(new[] { "package.json", "src", "tsconfig.json" }, Directory.EnumerateFileSystemEntries(_capsule["kit", "workloads", "hello"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray());
    }
}
