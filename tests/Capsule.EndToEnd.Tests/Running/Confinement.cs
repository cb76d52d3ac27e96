using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>What a Kit's workload can do to its host: nothing. Asked from inside, through the whole program.</summary>
[TestClass]
public sealed class Confinement
{
    private static CapsuleProgram _capsule = null!;
    private static RunningRun _run = null!;

    [ClassInitialize]
    public static async Task Start(TestContext _)
    {
        _capsule = await new CapsuleProgram().HoldingAsync("bun");
        _capsule.Environment["CAPSULE_TEST_MARKER"] = "of the host";
        _capsule.Write("kit/capability.yml", Programs.Kit());
        _capsule.Write("kit/workloads/hello/index.ts", Programs.Probe);
        _capsule.Write("kit/secret.txt", "beside the workload");
        _run = await RunningRun.DetachAsync(_capsule, "kit");
    }

    [ClassCleanup]
    public static void Stop()
    {
        _run.Dispose();
        _capsule.Dispose();
    }

    [TestMethod]
    public async Task NoFileOfTheHostIsSeen()
    {
        string[] paths =
        [
            _capsule.Folder, _capsule.Home, _capsule["kit"], _capsule["kit", "secret.txt"], _run.Folder, AppContext.BaseDirectory,
            "/etc/shadow", "/etc/ssh", "/root", "/var/lib", "/boot", "/sys/class", "/run/capsule/uids", "/run/dbus", "/proc/1/root/etc/shadow", "/app/../kit", "/proc/sys/kernel/core_pattern/x",
        ];
        foreach (var path in paths)
        {
            Assert.IsFalse((bool)await AskAsync("exists", path), path);
        }

        var home = await AskAsync("list", "/home");
        var entries = (bool)home["did"]! ? home["what"]!.AsArray().Select(n => (string)n!).ToArray() : [];
        Assert.IsFalse(entries.Any(n => Directory.Exists($"/home/{n}") && Directory.EnumerateFileSystemEntries($"/home/{n}").Any()), home.ToJsonString());
        var seen = (await AskAsync("processes")).AsArray().Select(p => p!["what"]?.ToString() ?? "").ToArray();
        Assert.IsFalse(seen.Any(c => c.Contains("capsule.dll", StringComparison.Ordinal)), string.Join("; ", seen));
        Assert.IsLessThan(10, seen.Length, "only its own processes");
    }

    [TestMethod]
    public async Task NoVariableOfTheHostIsSeen()
    {
        var variables = (await AskAsync("environment")).AsObject();
        Assert.IsFalse(variables.ContainsKey("CAPSULE_TEST_MARKER"));
        Assert.IsFalse(variables.ContainsKey("CAPSULE_HOME"));
        Assert.IsFalse(variables.Any(v => v.Value!.ToString().Contains("of the host", StringComparison.Ordinal)));
        Assert.AreEqual("capsule", (string?)variables["container"]);
    }

    [TestMethod]
    public async Task NoInternetSocketIsMade()
    {
        using var host = new TcpListener(IPAddress.Loopback, 0);
        host.Start();
        var port = ((IPEndPoint)host.LocalEndpoint).Port;
        Refused(await _run.GetJsonAsync($"/dial?host=127.0.0.1&port={port}"));
        Refused(await _run.GetJsonAsync($"/dial?host=192.0.2.1&port=80"));
        Refused(await _run.GetJsonAsync($"/dial?host=127.0.0.1&port={_run.Address.Port}"));
        Refused(await AskAsync("listen"));
        Refused(await AskAsync("datagram"));
        Assert.IsFalse(host.Pending());

        var log = JsonNode.Parse(await _capsule.DoAsync("logs", _run.Id, "--json"))!["data"]!.AsArray();
        var denial = log.Select(l => l!["denial"]).First(d => (string?)d?["target"] == "internet")!;
        Assert.AreEqual(
            ("hello/start", "socket", "bun", "network: full", "capability.yml"),
            ((string?)denial["process"], (string?)denial["operation"], (string?)denial["program"], (string?)denial["grant"], (string?)denial["file"]));
        Assert.IsNotNull(denial["line"]);
    }

    [TestMethod]
    public async Task NothingIsWrittenToTheProject()
    {
        Assert.IsTrue((bool)(await AskAsync("write", "/tmp/mine"))["did"]!);
        foreach (var path in new[] { "/etc/evil", "/usr/evil", "/opt/capsule/evil", "/proc/sys/kernel/core_pattern", "/sys/evil", _capsule["kit", "evil"] })
        {
            Refused(await AskAsync("write", path));
        }

        await AskAsync("write", "/app/index.ts");
        Assert.AreEqual(Programs.Probe, await File.ReadAllTextAsync(_capsule["kit", "workloads", "hello", "index.ts"]));
        Assert.HasCount(3, Directory.GetFileSystemEntries(_capsule["kit"]));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_capsule["kit", "workloads", "hello"]));
    }

    private static void Refused(JsonNode answer) => Assert.IsFalse((bool)answer["did"]!, answer.ToJsonString());

    private static Task<JsonNode> AskAsync(string what, string path = "") => _run.GetJsonAsync($"/{what}?path={Uri.EscapeDataString(path)}");
}
