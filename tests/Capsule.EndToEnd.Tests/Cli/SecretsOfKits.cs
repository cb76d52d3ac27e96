using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Running;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>A user keeps secrets for a Kit and gives them to runs; a value is never an argument and is never shown.</summary>
[TestClass]
public sealed class SecretsOfKits : IDisposable
{
    private const string Value = "vendor-0123456789-value";

    private const string Manifest = """
        version: '1'
        name: fixture
        workloads:
          hello:
            endpoints: [http]
            exposed_secrets: [api_key, session]
            runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}
        expose:
          - {path: /, target: hello, endpoints: [http]}
        kit_secrets:
          - {key: api_key, usage: the vendor's key}
          - {key: session, usage: signs sessions, source: generate, format: password}
          - {key: spare, usage: for later}
        vault_secrets:
          - {key: shared, usage: for a Relay}

        """;

    private const string Program = """
        const unix = (name: string) => process.env[name]!.slice("unix:".length);
        Bun.serve({
          unix: unix("CAPAKIT_WORKLOAD_INGRESS_BIND"),
          fetch: (request: Request) => fetch("http://capakit.local/rpc", {
            unix: unix("CAPAKIT_WORKLOAD_BRIDGE_BIND"), method: "POST", headers: { "content-type": "application/x-capakit-workload-bridge-jsonl" },
            body: JSON.stringify({ id: "1", op: "resolve_secret", params: { secret_key: new URL(request.url).pathname.split("/").at(-1) } }) + "\n",
          } as any),
        });
        """;

    private readonly CapsuleProgram _capsule = new();

    public SecretsOfKits()
    {
        _capsule.Write("kit/capability.yml", Manifest);
        _capsule.Write("kit/workloads/hello/index.ts", Program);
        _capsule.Environment["MY_KEY"] = Value;
    }

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AreKeptListedAndForgottenWithoutBeingShown()
    {
        File.WriteAllText(_capsule["key.txt"], Value + "-of-a-file\n");
        StringAssert.Contains((await _capsule.RefusesAsync(5, "CAP3203", "kit", "secrets", "set", "spare", "file:key.txt", "--kit", "kit")).Error, "key.txt");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_capsule["key.txt"], UnixFileMode.UserRead);
        }

        var said = await _capsule.DoAsync("kit", "secrets", "set", "spare", "file:key.txt", "--kit", "kit")
            + await _capsule.DoAsync("kit", "secrets", "set", "api_key", "env:MY_KEY", "--kit", "kit", "--json")
            + await _capsule.DoAsync("kit", "secrets", "generate", "session", "--kit", "kit");
        var piped = await Command.RunAsync("dotnet", [CapsuleProgram.Program, "kit", "secrets", "set", "shared", "-", "--vault"], _capsule.Folder, _capsule.Variables(), input: Value + "\n");
        Assert.AreEqual(0, piped.ExitCode, piped.All);
        var typed = await _capsule.TypedAsync("$capsule kit secrets set api_key --kit kit; echo exit $?", ("the vendor.s key): ", Value + "\\n"), ("exit ", ""));
        StringAssert.Contains(said += typed.All, "kept the secret 'api_key'");
        File.Delete(_capsule["terminal"]);
        var stopped = await _capsule.TypedAsync("trap : INT; $capsule kit secrets set api_key --kit kit; echo exit $?", ("the vendor.s key): ", "other\\003"), ("exit ", ""));
        StringAssert.Contains(stopped.Output, "exit 130", "Ctrl-C is no empty value");

        var listed = await _capsule.DoAsync("kit", "secrets", "list", "--kit", "kit");
        Assert.AreEqual(
            "api_key  set; used by hello; the vendor's key\nsession  set, made when needed; used by hello; signs sessions\nspare  set; used by nobody; for later\nshared  set, in the vault; used by nobody; for a Relay",
            listed);
        var json = await _capsule.DoAsync("kit", "secrets", "list", "--kit", "kit", "--json");
        Assert.AreEqual("""{"id":"api_key","usage":"the vendor\u0027s key","source":"prompt","vault":false,"usedBy":["hello"],"set":true}""", JsonNode.Parse(json)!["data"]![0]!.ToJsonString());
        Assert.AreEqual("shared", await _capsule.DoAsync("kit", "secrets", "list", "--vault"));
        Assert.IsFalse((said + listed + json + piped.All).Contains(Value, StringComparison.Ordinal), said);

        await _capsule.RefusesAsync(9, "CAP5705", "kit", "secrets", "generate", "session", "--kit", "kit");
        await _capsule.DoAsync("kit", "secrets", "generate", "session", "--kit", "kit", "--replace");
        await _capsule.RefusesAsync(1, "CAP5732", "kit", "secrets", "generate", "api_key", "--kit", "kit");
        await _capsule.DoAsync("kit", "secrets", "remove", "spare", "--kit", "kit");
        await _capsule.RefusesAsync(4, "CAP5704", "kit", "secrets", "remove", "spare", "--kit", "kit");
        await _capsule.RefusesAsync(4, "CAP5730", "kit", "secrets", "set", "nothing", "env:MY_KEY", "--kit", "kit");
        await _capsule.RefusesAsync(2, "CAP5731", "kit", "secrets", "set", "shared", "env:MY_KEY", "--kit", "kit");
        await _capsule.RefusesAsync(2, "CAP5706", "kit", "secrets", "set", "No Name", "env:MY_KEY", "--vault");
        await _capsule.RefusesAsync(8, "CAP3207", "kit", "secrets", "set", "api_key", "env:NOT_SET", "--kit", "kit");
        await _capsule.RefusesAsync(8, "CAP5733", "kit", "secrets", "set", "api_key", "--kit", "kit");
        await _capsule.RefusesAsync(8, "CAP5716", "kit", "secrets", "set", "api_key", "-", "--kit", "kit");
        var leaked = await _capsule.RefusesAsync(2, "CAP5713", "kit", "secrets", "set", "api_key", Value, "--kit", "kit");
        Assert.IsFalse(leaked.All.Contains(Value, StringComparison.Ordinal), "a value that was written as an argument is not repeated");
    }

    [TestMethod]
    public async Task AreGivenToARunByReference()
    {
        await _capsule.HoldingAsync("bun");
        var missing = await _capsule.RefusesAsync(8, "CAP5711", "run", "kit");
        StringAssert.Contains(missing.Error, $"capsule kit secrets set api_key --kit {_capsule["kit"]}");
        foreach (var wrong in new[] { Value, "api_key", "=" + Value, "Api Key=-" })
        {
            Assert.IsFalse((await _capsule.RefusesAsync(2, "CAP5714", "run", "kit", "--secret", wrong)).All.Contains(Value, StringComparison.Ordinal));
        }

        Assert.IsFalse((await _capsule.RefusesAsync(2, "CAP5713", "test", "kit", "--secret", "api_key=" + Value)).All.Contains(Value, StringComparison.Ordinal));
        await _capsule.RefusesAsync(2, "CAP5715", "run", "kit", "--secret", "api_key=env:MY_KEY", "--secret", "api_key=-");
        await _capsule.RefusesAsync(2, "CAP5712", "run", "kit", "--secret", "spare=env:MY_KEY", "--secret", "api_key=env:MY_KEY");
        var detached = await Command.RunAsync("dotnet", [CapsuleProgram.Program, "run", "kit", "--detach", "--secret", "api_key=-"], _capsule.Folder, _capsule.Variables(), input: Value + "-piped\n");
        Assert.AreEqual(0, detached.ExitCode, detached.All);
        var parts = detached.Output.Trim().Split(' ');
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        StringAssert.Contains(await http.GetStringAsync(new Uri(parts[1] + "/api_key")), $"\"value\":\"{Value}-piped\"");
        StringAssert.Contains(await http.GetStringAsync(new Uri(parts[1] + "/spare")), "CAP5710");
        StringAssert.Contains(await _capsule.DoAsync("plan", "kit"), "hello/start is given the secret 'api_key'");
        Assert.AreEqual("""["api_key","session"]""", JsonNode.Parse(await _capsule.DoAsync("ps", "--json"))!["data"]![0]!["grants"]!["secrets"]!.ToJsonString());
        await _capsule.DoAsync("stop", parts[0]);

        // A command over the project has the bridge of its workload.
        const string Ask = "fetch('http://x/rpc', {unix: '/run/capsule/bridge.sock', method: 'POST', headers: {'content-type': 'application/x-capakit-workload-bridge-jsonl'}, body: JSON.stringify({id: '1', op: 'resolve_secret', params: {secret_mid: 'api_key'}}) + '\\n'}).then(r => r.json()).then(r => console.log(r.ok.value.length))";
        Assert.AreEqual($"{Value.Length}", await _capsule.DoAsync("exec", "./kit", "--no-write-back", "--secret", "api_key=env:MY_KEY", "--", "bun", "-e", Ask));

        var typed = await _capsule.TypedAsync("$capsule run kit --detach; echo exit $?", ("empty to stop): ", Value + "\\n"), ("exit ", ""));
        StringAssert.Contains(typed.Output, "exit 0", typed.All);
        StringAssert.Contains(typed.Output, "It needs the secret 'api_key': the vendor's key");
        Assert.IsFalse(typed.All.Contains(Value, StringComparison.Ordinal), typed.All);
        await _capsule.DoAsync("stop", "fixture");
        StringAssert.StartsWith(await _capsule.DoAsync("kit", "secrets", "list", "--kit", "kit"), "api_key  set;", "what was typed is kept");
        Assert.IsFalse(Directory.GetFiles(_capsule.Home, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/toolchains/", StringComparison.Ordinal)).Any(f => File.ReadAllText(f).Contains(Value, StringComparison.Ordinal)), "in no file");
    }
}
