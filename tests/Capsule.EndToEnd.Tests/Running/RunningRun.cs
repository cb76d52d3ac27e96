using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A package that runs: in the background, or in the foreground of a live program; seen from outside.</summary>
internal sealed class RunningRun : IDisposable
{
    private readonly CapsuleProgram _capsule;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    private RunningRun(CapsuleProgram capsule, string id, Uri address) => (_capsule, Id, Address) = (capsule, id, address);

    public string Id { get; }

    public Uri Address { get; }

    public string Folder => Path.Combine(_capsule.Home, "runs", Id);

    public JsonNode Record => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "record.json")))!;

    public int RunnerPid => Record["runner"]!.AsObject().First(p => p.Key.Equals("pid", StringComparison.OrdinalIgnoreCase)).Value!.GetValue<int>();

    /// <summary>Starts a package with --detach on a port that the system chooses.</summary>
    public static async Task<RunningRun> DetachAsync(CapsuleProgram capsule, string package, params string[] more)
    {
        var printed = await capsule.DoAsync(["run", package, "--detach", "--port", "0", .. more]);
        var parts = printed.Split(' ');
        Assert.HasCount(2, parts, printed);
        return new RunningRun(capsule, parts[0], new Uri(parts[1]));
    }

    /// <summary>The run of a foreground runner that has said where it listens.</summary>
    public static async Task<RunningRun> OfAsync(CapsuleProgram capsule, LiveProgram runner)
    {
        await runner.UntilPrintedAsync("listening on ");
        for (var end = DateTime.UtcNow.AddSeconds(10); ; await Task.Delay(20))
        {
            var run = JsonNode.Parse(await capsule.DoAsync("ps", "--json"))!["data"]!.AsArray().Single()!;
            if ((string?)run["address"] is { } address)
            {
                return new RunningRun(capsule, (string)run["run"]!, new Uri(address));
            }

            Assert.IsLessThan(end, DateTime.UtcNow, run.ToJsonString());
        }
    }

    public async Task<string> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(Address, path));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.IsTrue(answer.IsSuccessStatusCode, string.Create(CultureInfo.InvariantCulture, $"{path}: {(int)answer.StatusCode} {text}"));
        return text;
    }

    public async Task<JsonNode> GetJsonAsync(string path) => JsonNode.Parse(await GetAsync(path))!;

    /// <summary>Calls a tool of the package's MCP endpoint; its structured content.</summary>
    public async Task<JsonNode> CallToolAsync(string tool, JsonObject arguments)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/mcp"))
        {
            Content = new StringContent(
                new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["id"] = 1,
                    ["method"] = "tools/call",
                    ["params"] = new JsonObject { ["name"] = tool, ["arguments"] = arguments },
                }.ToJsonString(),
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        call.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var answer = await _http.SendAsync(call);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.IsTrue(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["result"]!["structuredContent"]!;
    }

    public void Dispose() => _http.Dispose();
}
