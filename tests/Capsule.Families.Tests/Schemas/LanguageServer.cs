using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Capsule.Families.Tests.Schemas;

/// <summary>
/// A language server of somebody else, spoken to as an editor does: LSP over standard input and output. It runs in a
/// network namespace of its own, which has no way out.
/// </summary>
internal sealed class LanguageServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _waiting = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<Mark>> _marks = [];
    private readonly Func<string, JsonNode?> _settings;
    private readonly Task _reading;
    private int _last;

    private LanguageServer(Process process, Func<string, JsonNode?> settings)
    {
        (_process, _settings) = (process, settings);
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    /// <summary>Starts a node program and shakes hands.</summary>
    /// <param name="folder">What the editor has open.</param>
    /// <param name="settings">The answer for each section of settings that the server asks for.</param>
    /// <param name="arguments">The program and its arguments.</param>
    public static async Task<LanguageServer> StartAsync(string folder, Func<string, JsonNode?> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("unshare", ["--map-root-user", "--net", "--kill-child", "--fork", "--", "node", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        var server = new LanguageServer(Process.Start(start)!, settings);
        await server.AskAsync("initialize", new JsonObject
        {
            ["processId"] = null,
            ["rootUri"] = new Uri(folder).AbsoluteUri,
            ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = new Uri(folder).AbsoluteUri, ["name"] = "project" }),
            ["capabilities"] = JsonNode.Parse("""
                {"workspace": {"configuration": true},
                 "textDocument": {"publishDiagnostics": {}, "hover": {"contentFormat": ["markdown"]},
                                  "completion": {"completionItem": {"documentationFormat": ["markdown"]}}}}
                """),
        });
        server.Send("initialized", []);
        return server;
    }

    /// <summary>The network devices of the server's process.</summary>
    public IReadOnlyList<string> Networks()
    {
        var node = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children").Split(' ')[0];
        return [.. File.ReadLines($"/proc/{node}/net/dev").Skip(2).Select(line => line.Split(':')[0].Trim())];
    }

    public void Open(string file) => Send("textDocument/didOpen", new JsonObject
    {
        ["textDocument"] = new JsonObject
        {
            ["uri"] = new Uri(file).AbsoluteUri,
            ["languageId"] = file.EndsWith(".toml", StringComparison.Ordinal) ? "toml" : "yaml",
            ["version"] = 1,
            ["text"] = File.ReadAllText(file),
        },
    });

    /// <summary>What the server has last said of a file; null when it has said nothing yet.</summary>
    public IReadOnlyList<Mark>? Marks(string file) => _marks.GetValueOrDefault(new Uri(file).AbsoluteUri);

    /// <summary>Waits until something is true of what the server has said.</summary>
    public async Task<bool> UntilAsync(Func<bool> said)
    {
        var clock = Stopwatch.StartNew();
        while (!said() && clock.Elapsed < Patience && !_process.HasExited)
        {
            await Task.Delay(50);
        }

        return said();
    }

    /// <summary>The labels that are offered behind a text, each with its documentation.</summary>
    public async Task<Dictionary<string, string>> CompleteAsync(string file, string after)
    {
        var answer = await AskAsync("textDocument/completion", Position(file, after));
        var items = (answer as JsonArray ?? answer?["items"] as JsonArray) ?? [];
        return items.GroupBy(i => i!["label"]!.GetValue<string>()).ToDictionary(i => i.Key, i => Words(i.First()!["documentation"]));
    }

    /// <summary>What is explained at the end of a text.</summary>
    public async Task<string> HoverAsync(string file, string at) =>
        Words((await AskAsync("textDocument/hover", Position(file, at, back: 1)))?["contents"]);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private static string Words(JsonNode? documentation) =>
        documentation is JsonObject markup ? markup["value"]!.GetValue<string>() : documentation?.GetValue<string>() ?? "";

    private static JsonObject Position(string file, string text, int back = 0)
    {
        var all = File.ReadAllText(file);
        var end = all.IndexOf(text, StringComparison.Ordinal) + text.Length - back;
        Assert.IsGreaterThan(text.Length - back - 1, end, $"{file} has no '{text}'.");
        var line = all.AsSpan(0, end).Count('\n');
        return new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = new Uri(file).AbsoluteUri },
            ["position"] = new JsonObject { ["line"] = line, ["character"] = end - (all[..end].LastIndexOf('\n') + 1) },
        };
    }

    private async Task<JsonNode?> AskAsync(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _waiting[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        return await answer.Task.WaitAsync(Patience);
    }

    private void Send(string method, JsonObject parameters) => Send(new JsonObject { ["method"] = method, ["params"] = parameters });

    private void Send(JsonObject message)
    {
        message["jsonrpc"] = "2.0";
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        lock (_process)
        {
            var stream = _process.StandardInput.BaseStream;
            stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")));
            stream.Write(body);
            stream.Flush();
        }
    }

    private async Task ReadAsync()
    {
        var stream = _process.StandardOutput.BaseStream;
        while (await HeaderAsync(stream) is { } length)
        {
            var body = new byte[length];
            if (await stream.ReadAtLeastAsync(body, length, throwOnEndOfStream: false) == length)
            {
                Take(JsonNode.Parse(body)!);
            }
        }
    }

    private void Take(JsonNode message)
    {
        switch (message["method"]?.GetValue<string>())
        {
            case "textDocument/publishDiagnostics":
                var said = message["params"]!;
                _marks[said["uri"]!.GetValue<string>()] = [.. said["diagnostics"]!.AsArray().Select(d => Mark.Of(d!))];
                break;
            case "workspace/configuration":
                var sections = message["params"]!["items"]!.AsArray().Select(i => _settings(i!["section"]!.GetValue<string>()));
                Send(new JsonObject { ["id"] = message["id"]!.DeepClone(), ["result"] = new JsonArray([.. sections]) });
                break;
            case not null when message["id"] is { } id:
                Send(new JsonObject { ["id"] = id.DeepClone(), ["result"] = null });
                break;
            case null when _waiting.TryRemove(message["id"]!.GetValue<int>(), out var waiting):
                waiting.SetResult(message["result"]?.DeepClone());
                break;
        }
    }

    /// <summary>The length of the message that follows; null at the end.</summary>
    private static async Task<int?> HeaderAsync(Stream stream)
    {
        var header = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            header.Append((char)one[0]);
            if (header.Length > 3 && header.ToString(header.Length - 4, 4) == "\r\n\r\n")
            {
                var length = header.ToString().Split("\r\n").First(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                return int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}
