using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>The sample with an agent: A2A, streaming, variants, a path option, hydrate, MCP at its own paths, and Relays to two providers, which a server here stands in for.</summary>
[TestClass]
public sealed class GuideKit : IDisposable
{
    private const string Key = "vault-marker-0003-abcdef";

    private static readonly string[] Secrets = ["--secret", "anthropic_api_key=env:A_KEY", "--secret", "google_api_key=env:A_KEY"];

    private readonly CapsuleProgram _capsule = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ProviderInPlace _provider = new(request => request.Contains("/v1/messages", StringComparison.Ordinal)
        ? """{"content":[{"type":"text","text":"Stay where you are."}]}"""
        : """{"candidates":[{"content":{"parts":[{"text":"Go."}]}}]}""");

    public void Dispose()
    {
        _http.Dispose();
        _provider.Dispose();
        _capsule.Dispose();
    }

    [TestMethod]
    [TestCategory("needs-network")]
    public async Task TellsStreamsAndAsksTwoProviders()
    {
        await _capsule.HoldingAsync("bun");
        var kit = Checkout.File("samples", "guide-kit");
        File.AppendAllText(Path.Combine(_capsule.Home, "config.toml"), $"\n[relays]\nexit_to_anthropic = \"{_provider.Address}\"\nexit_to_google_ai_studio = \"{_provider.Address}\"\n");
        _capsule.Environment["A_KEY"] = Key;
        StringAssert.Contains(await _capsule.DoAsync(["test", kit, .. Secrets]), "4 passed, 0 failed");
        var (claude, gemini) = (_provider.Requests.Single(r => r.StartsWith("POST /v1/messages ", StringComparison.Ordinal)), _provider.Requests.Single(r => r.StartsWith("POST /v1beta/models/gemini-2.5-flash:generateContent ", StringComparison.Ordinal)));
        StringAssert.Contains(claude, $"\nx-api-key: {Key}\n");
        StringAssert.Contains(claude, "\nanthropic-version: 2023-06-01\n");
        StringAssert.Contains(gemini, $"\nx-goog-api-key: {Key}\n");
        StringAssert.Contains(gemini, "Where should I go?");

        using var run = await RunningRun.DetachAsync(_capsule, kit, ["--variant", "guide=brief", "--option", "phrases=phrases/de.json", .. Secrets]);
        Assert.AreEqual("Willkommen in Lisbon.\nIt lies on seven hills above the Tejo.\n", await run.GetAsync("/tour?place=lisbon"), "the brief variant, in the words of the option");
        StringAssert.Contains(await _capsule.DoAsync("logs", run.Id, "--process", "guide/hydrate"), "2 places");
        await AnswersOverA2aAsync(run);
        StringAssert.Contains(await _capsule.DoAsync("mcp", "call-tool", run.Id, "--tool", "tell", "--input", """{"place":"oslo"}"""), "Willkommen in Oslo.");
        Assert.AreEqual("Nothing new.", await _capsule.DoAsync("mcp", "call-tool", run.Id, "--path", "/research", "--tool", "look-around", "--input", """{"milliseconds":1}"""));
        var late = await _capsule.RefusesAsync(6, "CAP5521", "mcp", "call-tool", run.Id, "--path", "/research", "--tool", "look-around", "--input", """{"milliseconds":60000}""");
        StringAssert.Contains(late.Error, "CAP5302");
        StringAssert.Contains(late.Error, "1500 ms");
    }

    /// <summary>The card, a whole answer, and the same as it comes: in lines, or in events for who asks for them.</summary>
    private async Task AnswersOverA2aAsync(RunningRun run)
    {
        var card = await run.GetJsonAsync("/agent/.well-known/agent-card.json");
        Assert.AreEqual("guide", (string?)card["name"]);
        Assert.AreEqual(new Uri(run.Address, "/agent").ToString(), (string?)card["url"], "where it can be reached from outside");

        var (type, text) = await AskAsync(run, "message/send", "application/json");
        Assert.AreEqual("application/json", type);
        Assert.AreEqual("completed", (string?)JsonNode.Parse(text)!["result"]!["status"]!["state"]);

        (type, text) = await AskAsync(run, "message/stream", null);
        Assert.AreEqual("application/jsonl", type);
        Assert.AreEqual("task artifact-update artifact-update status-update", string.Join(' ', text.TrimEnd().Split('\n').Select(l => (string?)JsonNode.Parse(l)!["result"]!["kind"])));

        (type, text) = await AskAsync(run, "message/stream", "text/event-stream");
        Assert.AreEqual("text/event-stream", type);
        Assert.AreEqual(4, text.Split("data: ").Length - 1);
    }

    private async Task<(string? Type, string Text)> AskAsync(RunningRun run, string method, string? accept)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(run.Address, "/agent"));
        call.Content = new StringContent(
            $$$$"""{"jsonrpc":"2.0","id":1,"method":"{{{{method}}}}","params":{"message":{"kind":"message","role":"user","messageId":"m","parts":[{"kind":"text","text":"oslo"}]}}}""",
            MediaTypeHeaderValue.Parse("application/json"));
        if (accept is not null)
        {
            call.Headers.Accept.ParseAdd(accept);
        }

        using var answer = await _http.SendAsync(call);
        return (answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }
}
