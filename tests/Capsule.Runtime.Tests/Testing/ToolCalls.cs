using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Tests.Testing;

[TestClass]
public sealed class ToolCalls
{
    private const string Hello = """{"content":[{"type":"text","text":"ignored"}],"structuredContent":{"text":"hello","n":1.50}}""";

    [TestMethod]
    [DataRow(McpAnswers.Json, 202)]
    [DataRow(McpAnswers.Events, 202)]
    [DataRow(McpAnswers.Lines, 202)]
    [DataRow(McpAnswers.Events, 200)]
    public async Task AreAnsweredInEveryFormThatKitsUse(string form, int notified)
    {
        JsonNode? asked = null;
        await using var server = await TestedServer.StartAsync(McpAnswers.Server(
            form,
            call =>
            {
                asked = call.DeepClone();
                return new JsonObject { ["result"] = JsonNode.Parse(Hello) };
            },
            notified));
        foreach (var one in new[] { Cases.Tool("$.text.eq(hello)", "$.n.eq(1.5)"), Cases.Tool("$.text.eq(hello)").Inside() })
        {
            var result = await one.RunAsync(server);
            result.Passes();
            Assert.AreEqual("POST /mcp greet 200", result.Access!.ToString());
            Assert.AreEqual("greet", (string?)asked!["name"]);
            Assert.AreEqual("Ada", (string?)asked["arguments"]!["name"]);
        }
    }

    [TestMethod]
    [DataRow("""{"content":[{"type":"text","text":"{\"words\":9}"}]}""", "$.words.eq(9)")]
    [DataRow("""{"content":[{"type":"text","text":"plain words"}]}""", "$.content[0].text.eq(plain words)")]
    [DataRow("""{"content":[{"type":"text","text":"1"},{"type":"text","text":"2"}]}""", "$.content.lenEq(2)")]
    [DataRow("""{"content":[{"type":"image","data":"AAAA","mimeType":"image/png"}]}""", "$.content[0].mimeType.eq(image/png)")]
    [DataRow("""{"content":[]}""", "$.content.lenEq(0)")]
    [DataRow("""{"content":[{"type":"text","text":"x"}],"structuredContent":{}}""", "$.lenEq(0)")]
    public async Task HaveTheirStructuredContentOrTheirTextAsValue(string answer, string validation)
    {
        await using var server = await TestedServer.StartAsync(McpAnswers.Result(answer));
        (await Cases.Tool(validation).RunAsync(server)).Passes();
    }

    [TestMethod]
    public async Task FailBeforeAnyValidationWhenTheToolFails()
    {
        await using var server = await TestedServer.StartAsync(McpAnswers.Result("""{"content":[{"type":"text","text":"no such city"}],"isError":true}"""));
        var problem = (await Cases.Tool("$.text.eq(hello)").RunAsync(server)).Fails("CAP6005");
        Assert.AreEqual("The tool 'greet' reported an error: no such city", problem.Message);
    }

    [TestMethod]
    public async Task FailWhenTheServerRefusesTheCall()
    {
        await using var server = await TestedServer.StartAsync(McpAnswers.Error(-32602, "Tool greet not found"));
        var result = await Cases.Tool("$.text.eq(hello)").RunAsync(server);
        Assert.AreEqual("The server refused to call the tool 'greet': Tool greet not found", result.Fails("CAP6006").Message);
        Assert.AreEqual(200, result.Access!.Status);
    }

    [TestMethod]
    [DataRow("text/html", "<p>hello</p>", 200, "text/html")]
    [DataRow("application/json", "{\"jsonrpc\":", 200, "application/json")]
    [DataRow("application/json", "[]", 200, "application/json")]
    [DataRow("application/x-ndjson", "oops\n", 200, "application/x-ndjson")]
    [DataRow("text/event-stream", "data: oops\n\n", 200, "text/event-stream")]
    [DataRow("text/event-stream", "", 200, "text/event-stream")]
    [DataRow("application/json", "{\"error\":\"boom\"}", 500, "HTTP status 500")]
    [DataRow("application/json", "{\"error\":\"not found\"}", 404, "HTTP status 404")]
    public async Task FailWhenTheAnswerIsNoMcp(string type, string body, int status, string expected)
    {
        await using var never = await TestedServer.StartAsync(TestedServer.Text(type, body, status));
        StringAssert.Contains((await Cases.Tool().RunAsync(never)).Fails("CAP6007").Message, expected);

        await using var later = await TestedServer.StartAsync(McpAnswers.Call(TestedServer.Text(type, body, status)));
        StringAssert.Contains((await Cases.Tool().RunAsync(later)).Fails("CAP6007").Message, expected);
    }

    [TestMethod]
    public async Task FailWhenTheConnectionBreaks()
    {
        await using var never = await TestedServer.StartAsync(TestedServer.Reset);
        (await Cases.Tool().RunAsync(never)).Fails("CAP6003");

        await using var later = await TestedServer.StartAsync(McpAnswers.Call(TestedServer.Reset));
        (await Cases.Tool().RunAsync(later)).Fails("CAP6003");
    }

    [TestMethod]
    public async Task EndAtTheirTimeLimit()
    {
        await using var never = await TestedServer.StartAsync(TestedServer.Hang);
        (await Cases.Tool().RunAsync(never, seconds: 0.5)).Fails("CAP6002");

        await using var later = await TestedServer.StartAsync(McpAnswers.Call(TestedServer.Hang));
        var result = await Cases.Tool().RunAsync(later, seconds: 1);
        result.Fails("CAP6002");
        await later.ClientLeft.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TestMethod]
    [DataRow(McpAnswers.Json)]
    [DataRow(McpAnswers.Events)]
    [DataRow(McpAnswers.Lines)]
    public async Task ReadNoMoreThanTheLimit(string form)
    {
        await using var server = await TestedServer.StartAsync(McpAnswers.Call(TestedServer.Endless(form)));
        (await Cases.Tool().RunAsync(server)).Fails("CAP6004");
    }

    [TestMethod]
    public async Task KeepTheSessionThatAServerGives()
    {
        var answer = McpAnswers.Result(Hello);
        await using var server = await TestedServer.StartAsync(async context =>
        {
            context.Request.EnableBuffering();
            var text = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Request.Body.Position = 0;
            if (text.Contains("\"initialize\"", StringComparison.Ordinal))
            {
                context.Response.Headers["Mcp-Session-Id"] = "s1";
            }
            else if (context.Request.Headers["Mcp-Session-Id"] != "s1")
            {
                context.Response.StatusCode = 400;
                return;
            }

            await answer(context);
        });
        (await Cases.Tool("$.text.eq(hello)").RunAsync(server)).Passes();
    }

    [TestMethod]
    public async Task LeaveNothingBehindWhenCancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await TestedServer.StartAsync(McpAnswers.Call(async context =>
        {
            await stop.CancelAsync();
            await TestedServer.Hang(context);
        }));
        await Assert.ThrowsAsync<OperationCanceledException>(() => Cases.Tool().RunAsync(server, cancel: stop.Token));
        await server.ClientLeft.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
