using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Runtime.Mcp;
using Capsule.Runtime.Tests.Testing;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Tests.Mcp;

[TestClass]
public sealed class Bridging
{
    private const string Hello = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}""";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"greet"}}""";

    [TestMethod]
    [DataRow(McpAnswers.Json)]
    [DataRow(McpAnswers.Events)]
    [DataRow(McpAnswers.Lines)]
    public async Task WritesEachAnswerAsOneLineAndNothingElse(string form)
    {
        var lines = await TalkAsync(
            McpAnswers.Server(form, _ => new JsonObject { ["result"] = "two\nlines" }),
            Hello, """{"jsonrpc":"2.0","method":"notifications/initialized"}""", "", Call);
        Assert.HasCount(2, lines);
        Assert.AreEqual("kit", (string?)lines[0]["result"]!["serverInfo"]!["name"]);
        Assert.AreEqual("two\nlines", (string?)lines[1]["result"]);
    }

    [TestMethod]
    public async Task SaysTheVersionAndTheSessionThatItHasLearnt()
    {
        var seen = new List<string>();
        await TalkAsync(async context =>
        {
            seen.Add($"{context.Request.Headers["MCP-Protocol-Version"]} {context.Request.Headers["Mcp-Session-Id"]}");
            context.Response.Headers["Mcp-Session-Id"] = "s1";
            await McpAnswers.Result("{}")(context);
        }, Hello, Call);
        CollectionAssert.AreEqual(new[] { " ", "2025-06-18 s1" }, seen);
    }

    [TestMethod]
    public async Task AnswersEveryRequestWhateverTheServerDoes()
    {
        Refused("HTTP 500: broken", await TalkAsync(TestedServer.Text("text/plain", "broken", 500), Call));
        Refused("", await TalkAsync(TestedServer.Reset, Call));
        Refused("without an answer", await TalkAsync(TestedServer.Text(McpAnswers.Events, ""), Call));
        Refused("", await TalkAsync(TestedServer.Text(McpAnswers.Json, "<p>"), Call));
        Refused("too large", await TalkAsync(TestedServer.Endless(McpAnswers.Json), Call));
        var own = await TalkAsync(TestedServer.Text(McpAnswers.Json, """{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"mine"}}""", 404), Call);
        Assert.AreEqual(-32001, (int?)own.Single()["error"]!["code"]);
        var batch = await TalkAsync(TestedServer.Text("text/plain", "", 502), $"[{Call},{Hello}]");
        CollectionAssert.AreEquivalent(new int?[] { 0, 1 }, batch.Select(b => (int?)b["id"]).ToArray());
    }

    [TestMethod]
    [DataRow("nonsense")]
    [DataRow("[]")]
    [DataRow("[1]")]
    [DataRow("null")]
    [DataRow("7")]
    public async Task RefusesWhatIsNoMessage(string line)
    {
        var answer = (await TalkAsync(McpAnswers.Result("{}"), line)).Single();
        Assert.AreEqual(-32700, (int?)answer["error"]!["code"]);
        Assert.IsTrue(answer.ContainsKey("id") && answer["id"] is null);
    }

    [TestMethod]
    public async Task CarriesCallsSideBySideAndEndsTheOneThatIsCancelled()
    {
        var quick = McpAnswers.Server(McpAnswers.Json, _ => new JsonObject { ["result"] = 1 });
        await using var server = await TestedServer.StartAsync(async context =>
        {
            context.Request.EnableBuffering();
            var text = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Request.Body.Position = 0;
            await (text.Contains("\"id\":\"slow\"", StringComparison.Ordinal) ? TestedServer.Hang(context) : quick(context));
        });
        var (input, output) = (new Pipe(), new Pipe());
        using var bridge = new StdioBridge(await EndpointAsync(server), output.Writer.AsStream());
        var carried = bridge.RunAsync(input.Reader.AsStream(), CancellationToken.None);
        var told = new StreamReader(output.Reader.AsStream());
        await SayAsync(input, """{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"x"}}""");
        await SayAsync(input, Call);
        StringAssert.Contains(await told.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)), "\"id\":1");
        await SayAsync(input, """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"slow"}}""");
        await server.ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
        await input.Writer.CompleteAsync();
        await carried.WaitAsync(TimeSpan.FromSeconds(30));
        await output.Writer.CompleteAsync();
        Assert.AreEqual("", await told.ReadToEndAsync());
    }

    [TestMethod]
    public async Task StopsWhenItIsCancelledThoughNobodyClosesTheInput()
    {
        await using var server = await TestedServer.StartAsync(TestedServer.Hang);
        using var cancel = new CancellationTokenSource();
        var input = new Pipe();
        using var bridge = new StdioBridge(await EndpointAsync(server), Stream.Null);
        var carried = bridge.RunAsync(input.Reader.AsStream(), cancel.Token);
        await SayAsync(input, Call);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => carried.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static async Task<JsonObject[]> TalkAsync(RequestDelegate answer, params string[] lines)
    {
        await using var server = await TestedServer.StartAsync(answer);
        using var output = new MemoryStream();
        using var bridge = new StdioBridge(await EndpointAsync(server), output);
        await bridge.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];
    }

    private static async Task SayAsync(Pipe input, string line) => await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    private static void Refused(string why, JsonObject[] answers)
    {
        var answer = answers.Single();
        Assert.AreEqual(1, (int?)answer["id"]);
        Assert.AreEqual(-32603, (int?)answer["error"]!["code"]);
        StringAssert.Contains((string?)answer["error"]!["message"], why);
    }

    private static async Task<Uri> EndpointAsync(TestedServer server) => new((await server.ReachAsync(null, CancellationToken.None)).Value!.Address, "/mcp");
}
