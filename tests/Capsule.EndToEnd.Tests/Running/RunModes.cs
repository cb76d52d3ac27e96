using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit that runs in place, and as the package that is made of it.</summary>
[TestClass]
public sealed class RunModes : IDisposable
{
    private const string Workload = """
        import { existsSync, readdirSync } from "node:fs";
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length),
          fetch: () => Response.json({ files: readdirSync("/app").sort(), made: existsSync("/app/made") }),
        });
        """;

    private const string Tests = """
        tests:
          - id: answers
            kind: http
            target: {exposed_path: /}
            request: {path: /, method: GET}
            validations: ['$.body.files.eq(["data.txt","index.ts","made"])', $.body.made.eq(true)]
          - id: was-prepared
            kind: exec
            target: {workload: hello}
            request: {command: test -f made}

        """;

    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AreTheFilesInPlaceAndTheirPackage()
    {
        _capsule.Write("kit/capability.yml", Programs.Kit(prepare: "cp data.txt made"));
        _capsule.Write("kit/capability-test.yml", Tests);
        _capsule.Write("kit/workloads/hello/index.ts", Workload);
        _capsule.Write("kit/workloads/hello/data.txt", "1");
        _capsule.Write("kit/workloads/hello/dist/app.js", "built");
        await _capsule.HoldingAsync("bun");

        using (var managed = await RunningRun.DetachAsync(_capsule, "kit", "--mode", "managed"))
        {
            var staged = Directory.GetDirectories(Path.Combine(_capsule.Home, "store", ".incoming"));
            Assert.HasCount(1, staged, "its package is unpacked for it alone");
            Assert.AreEqual("""{"files":["data.txt","index.ts","made"],"made":true}""", await managed.GetAsync("/"));
            Assert.AreEqual(_capsule["kit"], (string?)managed.Record["source"]);
            await _capsule.DoAsync("stop", managed.Id);
            Assert.IsEmpty(Directory.GetFileSystemEntries(Path.Combine(_capsule.Home, "store", ".incoming")), "and goes with it");
        }

        using (var lazy = await RunningRun.DetachAsync(_capsule, "kit", "--lazy"))
        {
            StringAssert.Contains(await _capsule.DoAsync("ps"), "(waiting for a call: hello/start)");
            Assert.IsTrue((bool)(await lazy.GetJsonAsync("/"))["made"]!);
            await _capsule.DoAsync("stop", lazy.Id);
        }

        StringAssert.Contains(await _capsule.DoAsync("test", "kit"), "2 passed");
        StringAssert.Contains(await _capsule.DoAsync("test", "kit", "--mode", "source"), "2 passed");

        var packed = (await _capsule.DoAsync("pack", "kit", "--publisher", "acme", "--version", "1.0.0", "-o", _capsule["out"])).Split('\n');
        using (var built = await RunningRun.DetachAsync(_capsule, "out/fixture.capakit", "--project", _capsule["kit", "capability.yml"], "--mode", "managed"))
        {
            Assert.IsTrue((bool)(await built.GetJsonAsync("/"))["made"]!);
            await _capsule.DoAsync("stop", built.Id);
        }

        _capsule.Write("kit/capability.yml", Programs.Kit(prepare: "touch made"));
        var stale = await _capsule.RefusesAsync(1, "CAP5541", "run", "out/fixture.capakit", "--project", _capsule["kit", "capability.yml"], "--mode", "managed", "--port", "0");
        StringAssert.Contains(stale.Error, "was built of another 'capability.yml'");
        Assert.AreEqual(2, (await _capsule.RunAsync("run", "kit", "--mode", "fast")).ExitCode);
        await _capsule.DoAsync("install", packed[0], "--publisher", "acme", "--version", "1.0.0", "--identity", packed[2]);
        var consent = (string)JsonNode.Parse(await _capsule.DoAsync("plan", "acme/fixture", "--json"))!["data"]!["consentHash"]!;
        await _capsule.RefusesAsync(2, "CAP5540", "run", "acme/fixture", "--mode", "source", "--port", "0", "--consent", consent);
        Assert.IsEmpty(Directory.GetFileSystemEntries(Path.Combine(_capsule.Home, "store", ".incoming")));
    }
}
