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

    private static async Task<JsonNode> ClientAsync(string peers, params string[] arguments)
    {
        var client = await Command.RunAsync("node", [Checkout.File("tests", "Capsule.EndToEnd.Tests", "Kits", "mcp-client.mjs"), .. arguments], peers);
        Assert.AreEqual(0, client.ExitCode, client.All);
        return JsonNode.Parse(client.Output)!;
    }

    private static void Saw(JsonNode seen, string? together)
    {
        Assert.AreEqual("everything", (string?)seen["server"]);
        Assert.AreEqual(13, (int?)seen["tools"]);
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
