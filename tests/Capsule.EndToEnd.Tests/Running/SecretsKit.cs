using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>The sample with secrets and a Relay, against a stand-in for the provider: what arrives where, and what nobody finds.</summary>
[TestClass]
public sealed class SecretsKit : IDisposable
{
    private const string VaultKey = "vault-marker-0002-abcdef";
    private const string SigningKey = "sign-marker-0001-abcdef";

    /// <summary>One more workload, which is given nothing and connected to nobody.</summary>
    private const string Spy = """
          spy:
            endpoints: [http]
            runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}

        expose:
        """;

    /// <summary>Looks wherever a program in a sandbox can (specs: platform 1), without naming what it looks for in its own arguments.</summary>
    private const string Look = """
        P='(vault|sign)-marke[r]-000'
        { env; cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline /proc/[0-9]*/status /proc/mounts; } 2>/dev/null | tr '\0' '\n' | grep -E "$P" && echo FOUND in processes
        grep -rlaE "$P" /app /home /tmp /run /var /etc /mnt /state /dev/shm 2>/dev/null | sed 's/^/FOUND /'
        for p in /proc/[0-9]*; do [ "$p" = /proc/$$ ] || { tail -c +65537 "$p/mem" 2>/dev/null | head -c 1 | grep -qa . && echo "FOUND $p/mem"; }; done
        ls /proc/[0-9]*/fd 2>/dev/null | grep -q core && echo FOUND core; echo "core $(ulimit -c)"
        find / -xdev -name '*core*' -type f -newer /proc/1 -not -path '/usr/*' -not -path '/opt/*' 2>/dev/null | sed 's/^/FOUND /'
        echo "sockets $(for f in $(find /run ! -type d 2>/dev/null | sort); do [ -S "$f" ] && printf '%s ' "$f"; done)"
        """;

    private const string Ask = "fetch('http://x/rpc', {unix: '/run/capsule/bridge.sock', method: 'POST', headers: {'content-type': 'application/x-capakit-workload-bridge-jsonl'}, body: JSON.stringify({id: '1', op: 'resolve_secret', params: {secret_mid: process.argv.at(-1)}}) + '\\n'}).then(r => r.text()).then(console.log)";

    private readonly CapsuleProgram _capsule = new();
    private readonly TcpListener _provider = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];

    public SecretsKit()
    {
        _provider.Start();
        _ = ServeAsync();
    }

    public void Dispose()
    {
        _provider.Dispose();
        _capsule.Dispose();
    }

    [TestMethod]
    public async Task SignsAsksAndGivesNothingAway()
    {
        await _capsule.HoldingAsync("bun");
        Assert.AreEqual(0, (await Command.RunAsync("cp", ["-r", Checkout.File("samples", "secrets-kit"), _capsule["kit"]])).ExitCode);
        File.AppendAllText(Path.Combine(_capsule.Home, "config.toml"), $"\n[relays]\nexit_to_open_ai = \"http://127.0.0.1:{((IPEndPoint)_provider.LocalEndpoint).Port}/gateway\"\n");
        StringAssert.Contains((await _capsule.RefusesAsync(8, "CAP5711", "run", "kit")).Error, "capsule kit secrets set openai_api_key --vault");
        StringAssert.Contains(await _capsule.DoAsync("plan", "kit"), "llm/relay sends requests to api.openai.com with the secret 'openai_api_key', which no process sees  capability.yml(23,19)");

        _capsule.Environment["A_KEY"] = VaultKey;
        await _capsule.DoAsync("kit", "secrets", "set", "openai_api_key", "env:A_KEY", "--vault");
        _capsule.Environment["A_KEY"] = SigningKey;
        await _capsule.DoAsync("kit", "secrets", "set", "signing_key", "env:A_KEY", "--kit", "kit");
        _capsule.Environment.Remove("A_KEY");
        StringAssert.Contains(await _capsule.DoAsync("test", "kit"), "3 passed, 0 failed");
        var request = _requests.Last(r => r.StartsWith("POST ", StringComparison.Ordinal));
        StringAssert.StartsWith(request, "POST /gateway/v1/chat/completions HTTP/1.1\r\n");
        StringAssert.Contains(request, $"\r\nAuthorization: Bearer {VaultKey}\r\n");
        Assert.IsFalse(request.Contains("capakit", StringComparison.OrdinalIgnoreCase), request);
        StringAssert.Contains(request, "What is the key?");

        File.WriteAllText(_capsule["kit", "capability.yml"], File.ReadAllText(_capsule["kit", "capability.yml"]).Replace("expose:\n", Spy + "\n", StringComparison.Ordinal));
        _capsule.Write("kit/workloads/spy/index.ts", "Bun.serve({ unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice(5), fetch: () => new Response('spy') });");
        using var run = await RunningRun.DetachAsync(_capsule, "kit");
        var signed = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SigningKey), "x"u8));
        Assert.AreEqual(signed, (string?)(await run.GetJsonAsync("/sign?text=x"))["signature"]);
        foreach (var (process, sockets) in new[]
        {
            ("spy/start", "/run/capsule/bridge.sock /run/capsule/ingress/i.sock"),
            ("app/start", "/run/capsule/bridge.sock /run/capsule/ingress/i.sock /run/capsule/peers/llm.relay.sock"),
        })
        {
            Assert.AreEqual($"core 0\nsockets {sockets}", (await _capsule.DoAsync("exec", run.Id, "--process", process, "--", "sh", "-c", Look)).Trim(), process);
        }

        var answer = await _capsule.DoAsync("exec", run.Id, "--process", "spy/start", "--", "bun", "-e", Ask, "signing_key");
        StringAssert.Contains(answer, "CAP5710");
        StringAssert.Contains(await _capsule.DoAsync("exec", run.Id, "--process", "app/start", "--", "bun", "-e", Ask, "openai_api_key"), "CAP5710");
        StringAssert.Contains(await _capsule.DoAsync("exec", run.Id, "--process", "app/start", "--", "bun", "-e", Ask, "signing_key"), "{\"value\":\"***\"}", "its own, behind the mask");
        StringAssert.Contains(await _capsule.DoAsync("logs", run.Id), "calls of exit_to_open_ai go to http://127.0.0.1");
        var arguments = Directory.GetDirectories("/proc").Select(p => Path.Combine(p, "cmdline")).Where(File.Exists).Select(Text);
        Assert.IsFalse(arguments.Any(a => a.Contains(VaultKey, StringComparison.Ordinal) || a.Contains(SigningKey, StringComparison.Ordinal)), "no program was given one");
        await _capsule.DoAsync("stop", run.Id);
        foreach (var file in Directory.GetFiles(_capsule.Home, "*", SearchOption.AllDirectories).Concat(Directory.GetFiles(_capsule.Temporary, "*", SearchOption.AllDirectories)).Where(f => !f.Contains("/toolchains/", StringComparison.Ordinal)))
        {
            var text = Text(file);
            Assert.IsFalse(text.Contains(VaultKey, StringComparison.Ordinal) || text.Contains(SigningKey, StringComparison.Ordinal), file);
        }
    }

    private static string Text(string file)
    {
        try
        {
            return Encoding.Latin1.GetString(File.ReadAllBytes(file));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Writes each request down and answers as a model would.</summary>
    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _provider.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
            catch (IOException)
            {
                // A caller that hung up.
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var seen = new StringBuilder();
        var bytes = new byte[4096];
        while (!seen.ToString().Contains("}]}", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(bytes);
            if (read == 0)
            {
                return;
            }

            seen.Append(Encoding.UTF8.GetString(bytes, 0, read));
        }

        _requests.Add(seen.ToString());
        const string Body = """{"choices":[{"message":{"content":"You will never know."}}]}""";
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}"));
    }
}
