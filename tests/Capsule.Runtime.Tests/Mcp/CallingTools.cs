using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Mcp;
using Capsule.Runtime.Tests.Testing;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Tests.Mcp;

[TestClass]
public sealed class CallingTools
{
    [TestMethod]
    [DataRow(McpAnswers.Json)]
    [DataRow(McpAnswers.Events)]
    [DataRow(McpAnswers.Lines)]
    public async Task GivesTheirTextAndTheirWholeResult(string form)
    {
        JsonNode? asked = null;
        var result = await CallAsync(McpAnswers.Server(form, call =>
        {
            asked = call.DeepClone();
            return new JsonObject { ["result"] = JsonNode.Parse("""{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],"structuredContent":{"n":1}}""") };
        }));
        Assert.IsTrue(result.Succeeded, string.Join('\n', result.Diagnostics));
        Assert.AreEqual("a\nb", result.Value.Text);
        Assert.AreEqual(1, (int?)result.Value.Json["structuredContent"]!["n"]);
        Assert.AreEqual("""{"n":{"deep":[1,null]}}""", asked!["arguments"]!.ToJsonString());
        Assert.IsFalse(result.Value.IsError);
    }

    [TestMethod]
    public async Task SaysThatAToolFailed()
    {
        var result = await CallAsync(McpAnswers.Result("""{"content":[{"type":"text","text":"no such city"}],"isError":true}"""));
        Assert.IsTrue(result.Succeeded && result.Value is { IsError: true, Text: "no such city" });
    }

    [TestMethod]
    public async Task ShowsStructuredContentWhereThereIsNoText()
    {
        var result = await CallAsync(McpAnswers.Result("""{"content":[],"structuredContent":{"n":1}}"""));
        Assert.AreEqual("""{"n":1}""", result.Value!.Text);
    }

    [TestMethod]
    public async Task SaysWhyItCannot()
    {
        Problem("CAP5522", "no tool of that name", await CallAsync(McpAnswers.Error(-32602, "no tool of that name")));
        Problem("CAP5521", "HTTP status 500 it is broken", await CallAsync(McpAnswers.Call(TestedServer.Text("text/plain", "it is broken", 500))));
        Problem("CAP5521", "text/html", await CallAsync(McpAnswers.Call(TestedServer.Text("text/html", "<p>"))));
        Problem("CAP5520", "gave no answer", await CallAsync(McpAnswers.Call(TestedServer.Reset)));
        Problem("CAP5523", "64 MiB", await CallAsync(McpAnswers.Call(TestedServer.Endless(McpAnswers.Events))));
        Problem("CAP5521", "HTTP status 404", await McpToolClient.ConnectAsync(await AddressOfAsync(TestedServer.Text("text/plain", "x", 404)), null, CancellationToken.None));
    }

    [TestMethod]
    public async Task StopsWhenItIsCancelled()
    {
        await using var server = await TestedServer.StartAsync(McpAnswers.Call(TestedServer.Hang));
        var connected = await McpToolClient.ConnectAsync(await EndpointAsync(server), null, CancellationToken.None);
        await using var tools = connected.Value!;
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAsync<OperationCanceledException>(() => tools.CallAsync("greet", [], cancel.Token));
        await server.ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task<Result<McpToolResult>> CallAsync(RequestDelegate answer)
    {
        await using var server = await TestedServer.StartAsync(answer);
        var connected = await McpToolClient.ConnectAsync(await EndpointAsync(server), null, CancellationToken.None);
        Assert.IsTrue(connected.Succeeded, string.Join('\n', connected.Diagnostics));
        await using var tools = connected.Value;
        return await tools.CallAsync("greet", JsonNode.Parse("""{"n":{"deep":[1,null]}}""")!.AsObject(), CancellationToken.None);
    }

    private static async Task<Uri> EndpointAsync(TestedServer server) => new((await server.ReachAsync(null, CancellationToken.None)).Value!.Address, "/mcp");

    private static async Task<Uri> AddressOfAsync(RequestDelegate answer) => await EndpointAsync(await TestedServer.StartAsync(answer));

    private static void Problem<T>(string code, string says, Result<T> result)
        where T : class
    {
        var problem = result.Diagnostics.Single();
        Assert.AreEqual(code, problem.Code);
        StringAssert.Contains(problem.Message, says);
    }
}
