using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>An MCP server written with the workload SDK, at the public listener of a real run, before MCP's own judges.</summary>
[TestClass]
public sealed class McpEndpoints : IDisposable
{
    /// <summary>
    /// These two scenarios are about sessions, streams that a client comes back to and GET, which the contract of Kits does not have (specs: kits 3.9). The
    /// suite only warns: its checks of them neither pass nor fail.
    /// </summary>
    private static readonly string[] NeedSessions = ["server-sse-polling", "server-sse-multiple-streams"];

    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    [TestCategory("needs-network")]
    public async Task PassTheConformanceSuiteAndServeTheOfficialClient()
    {
        var peers = Peers.Path("mcp");
        await _capsule.HoldingAsync("bun");
        using var run = await RunningRun.DetachAsync(_capsule, Checkout.File("tests", "Capsule.EndToEnd.Tests", "Kits", "conformance"));
        await JudgeAsync(peers, new Uri(run.Address, "/mcp"));
        Saw(await ClientAsync(peers, "http", $"{run.Address}mcp"), together: """["This is a simple text response for testing.","7","pong"]""");
        await UseItsToolsAsync(run.Id);

        // The Kit once more, started by the client and gone with it.
        var kit = Checkout.File("tests", "Capsule.EndToEnd.Tests", "Kits", "conformance");
        var entry = JsonNode.Parse(await _capsule.DoAsync("mcp", "serve", kit, "--entry"))!["mcpServers"]!["conformance"]!;
        Assert.AreEqual("capsule", (string?)entry["command"]);
        Assert.AreEqual(_capsule.Home, (string?)entry["env"]!["CAPSULE_HOME"]);
        string[] registered = [.. entry["args"]!.AsArray().Select(a => (string)a!)];
        CollectionAssert.AreEqual(new[] { "mcp", "serve", kit }, registered);
        Saw(await ClientAsync(peers, ["stdio", "dotnet", CapsuleProgram.Program, .. registered]), together: null);
        var alive = JsonNode.Parse(await _capsule.DoAsync("ps", "--json"))!["data"]!.AsArray().Select(r => (string?)r!["run"]).ToArray();
        CollectionAssert.AreEqual(new[] { run.Id }, alive);
    }

    /// <summary>By the command line, of the run that lives.</summary>
    private async Task UseItsToolsAsync(string run)
    {
        StringAssert.Contains(await _capsule.DoAsync("mcp", "list-tools", "conformance"), "test_simple_text          For the scenario of test_simple_text.");
        var tools = JsonNode.Parse(await _capsule.DoAsync("mcp", "list-tools", run, "--json"))!["data"]!.AsArray();
        Assert.IsTrue(tools.Any(t => (string?)t!["inputSchema"]!["$schema"] == "https://json-schema.org/draft/2020-12/schema"), "as the server says it");
        Assert.AreEqual("Multiple content types test:\n[image/png]\n{\"test\":\"data\",\"value\":123}", await _capsule.DoAsync("mcp", "call-tool", run, "--tool", "test_multiple_content_types"));
        var result = JsonNode.Parse(await _capsule.DoAsync("mcp", "call-tool", run, "--tool", "test_image_content", "--input", "{}", "--json"))!["data"]!;
        Assert.AreEqual("image/png", (string?)result["content"]![0]!["mimeType"]);
        await _capsule.RefusesAsync(6, "CAP9183", "mcp", "call-tool", run, "--tool", "test_error_handling");
        await _capsule.RefusesAsync(1, "CAP5522", "mcp", "call-tool", run, "--tool", "nope");
        await _capsule.RefusesAsync(2, "CAP9182", "mcp", "call-tool", run, "--tool", "test_simple_text", "--input", "[1]");
        await _capsule.RefusesAsync(2, "CAP9122", "mcp", "call-tool", run, "--tool", "test_simple_text", "--mount", "a=b");
        await _capsule.RefusesAsync(4, "CAP9180", "mcp", "list-tools", run, "--path", "/other");
        _capsule.Write("two/capability.yml", """
            version: '1'
            name: two
            workloads:
              a: {endpoints: [mcp, {mcp: /b}], runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}}
            expose:
              - {path: /a, target: a, endpoints: [mcp]}
              - {path: /b, target: a, endpoints: [/b]}
            """);
        StringAssert.Contains((await _capsule.RefusesAsync(8, "CAP9181", "mcp", "list-tools", "two")).Error, "/a, /b");
        await _capsule.RefusesAsync(2, "CAP9184", "mcp", "serve", run, "--secret", "x=-");
    }

    /// <summary>All scenarios for servers, the pending ones too. The suite needs a newer Node than many machines have; bun runs it.</summary>
    private async Task JudgeAsync(string peers, Uri address)
    {
        var bun = Directory.GetFiles(Path.Combine(_capsule.Home, "toolchains"), "bun", SearchOption.AllDirectories).First();
        var results = _capsule["conformance"];
        var suite = await Command.RunAsync(
            bun, [Path.Combine(peers, "node_modules", "@modelcontextprotocol", "conformance", "dist", "index.js"), "server", "--url", address.ToString(), "--suite", "all", "-o", results], peers);
        Assert.AreEqual(0, suite.ExitCode, suite.All);
        var checks = Directory.GetDirectories(results)
            .Select(folder => (Folder: Path.GetFileName(folder), Checks: JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "checks.json")))!.AsArray()))
            .ToArray();
        Assert.HasCount(32, checks, suite.All);
        foreach (var (folder, all) in checks)
        {
            var states = all.Select(c => (string)c!["status"]!).Where(s => s != "INFO").Distinct().ToArray();
            CollectionAssert.AreEqual(NeedSessions.Any(folder.Contains) ? ["WARNING"] : new[] { "SUCCESS" }, states, $"{folder}\n{all.ToJsonString()}");
        }
    }

    private async Task<JsonNode> ClientAsync(string peers, params string[] arguments)
    {
        var client = await Command.RunAsync("node", [Checkout.File("tests", "Capsule.EndToEnd.Tests", "Kits", "mcp-client.mjs"), .. arguments], peers, _capsule.Variables());
        Assert.AreEqual(0, client.ExitCode, client.All);
        return JsonNode.Parse(client.Output)!;
    }

    private static void Saw(JsonNode seen, string? together)
    {
        Assert.AreEqual("everything", (string?)seen["server"]);
        Assert.AreEqual(14, (int?)seen["tools"]);
        Assert.AreEqual("gave up", (string?)seen["waiting"]);
        Assert.AreEqual("This is a simple text response for testing.", (string?)seen["text"]);
        StringAssert.Contains((string?)seen["sampled"], "QUIETLY");
        StringAssert.Contains((string?)seen["elicited"], "ada@example.com");
        Assert.IsTrue((bool?)seen["failed"]);
        Assert.AreEqual(-32602, (int?)seen["unknown"]);
        Assert.AreEqual("[0,50,100]", seen["progress"]!.ToJsonString());
        Assert.AreEqual(3, seen["logs"]!.AsArray().Count);
        Assert.AreEqual("text/plain", (string?)seen["resource"]);
        Assert.AreEqual("Prompt with arguments: arg1='a', arg2='b'", (string?)seen["prompt"]);
        Assert.AreEqual(3, (int?)seen["completed"]);
        Assert.AreEqual(together, seen["together"]?.ToJsonString());
        Assert.IsNull(seen["session"]);
    }
}
