using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit that nobody installed: out of a repository of a real git server, or out of a file, agreed to by its content.</summary>
[TestClass]
public sealed class Strangers : IDisposable
{
    private const string Serve = """
        import { existsSync, readdirSync, writeFileSync } from "node:fs";
        const write = () => { try { writeFileSync("/app/left", "x"); return "written"; } catch { return "refused"; } };
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice(5),
          fetch: async () => Response.json({ says: "VERSION", wrote: write(), part: existsSync("/app/../../part") }),
        });
        """;

    private readonly CapsuleProgram _capsule = new();
    private readonly GitServer _git = new();

    public void Dispose()
    {
        _capsule.Dispose();
        _git.Dispose();
    }

    [TestMethod]
    public async Task OutOfARepositoryIsAskedAboutForEachCommit()
    {
        await _capsule.HoldingAsync("bun");
        var first = Commit("one", prepare: null);
        var url = _git.Url("kits");
        var named = $"{url}#main:kits/hello";

        // A folder that bears the address's name is not what is meant.
        _capsule.Write("git:/127.0.0.1/capability.yml", "version: '1'");
        await _capsule.RefusesAsync(1, "CAP4300", "run", "file://" + _git["kits"]);
        await _capsule.RefusesAsync(4, "CAP4312", "run", $"{url}#main:kits/none");
        await _capsule.RefusesAsync(3, "CAP4303", "run", $"{url}#nothing:kits/hello");
        var refused = await _capsule.RefusesAsync(8, "CAP5430", "run", named, "--port", "0");
        StringAssert.Contains(refused.Error, $"from {named} (commit {first})");
        StringAssert.Contains(refused.Error, "nothing but its own files, folders and memory");
        Assert.AreEqual("", await _capsule.DoAsync("ps", "--all"));

        var plan = JsonNode.Parse(await _capsule.DoAsync("plan", named, "--json"))!["data"]!;
        Assert.AreEqual(("git", first, $"{url}#:kits/hello"), ((string?)plan["origin"]!["kind"], (string?)plan["origin"]!["commit"], (string?)plan["origin"]!["from"]));
        var hash = (string)plan["consentHash"]!;
        StringAssert.EndsWith(await _capsule.DoAsync("plan", named), $"For this content {hash}");
        using (var run = await RunningRun.DetachAsync(_capsule, named, "--consent", hash))
        {
            var answer = await run.GetJsonAsync("/");
            Assert.AreEqual(("one", "written", false), ((string?)answer["says"], (string?)answer["wrote"], (bool)answer["part"]!));
            StringAssert.Contains(await _capsule.DoAsync("ps"), named);
            Assert.IsEmpty(Directory.GetFiles(Path.Combine(_capsule.Home, "sources"), "left", SearchOption.AllDirectories), "it wrote to a copy");
            await _capsule.DoAsync("stop", run.Id);
        }

        // The same commit by another name needs no second yes; the next one does, and shows what is new.
        using (var again = await RunningRun.DetachAsync(_capsule, $"{url}#{first}:kits/hello", "--yes"))
        {
            await _capsule.DoAsync("stop", again.Id);
        }

        StringAssert.Contains(await _capsule.DoAsync("test", named, "--yes"), "1 passed");
        StringAssert.Contains((await _capsule.RunAsync("exec", named, "--yes", "--", "echo", "x")).Error, "CAP5490");
        Assert.AreEqual("inside", await _capsule.DoAsync("exec", named, "--process", "hello", "--yes", "--no-write-back", "--", "echo", "inside"));

        Commit("two", prepare: "'true'");
        await _capsule.RefusesAsync(8, "CAP5430", "run", named, "--yes");
        await _capsule.RefusesAsync(8, "CAP5431", "run", named, "--consent", hash);
        var asked = await _capsule.AtATerminalAsync("\n", "run", named, "--port", "0");
        Assert.AreEqual(1, asked.ExitCode, asked.All);
        StringAssert.Contains(asked.Output, "Other content from there has run here before.");
        StringAssert.Contains(asked.Output, "+ hello/prepare may connect to every public host");
        _git.Dispose();
        using (var offline = await RunningRun.DetachAsync(_capsule, $"{url}#{first}:kits/hello", "--yes"))
        {
            Assert.AreEqual("one", (string?)(await offline.GetJsonAsync("/"))["says"]);
            await _capsule.DoAsync("stop", offline.Id);
        }
    }

    [TestMethod]
    public async Task OutOfAFileIsAskedAboutForEachContent()
    {
        await _capsule.HoldingAsync("bun");
        _capsule.Write("kit/capability.yml", Programs.Kit());
        _capsule.Write("kit/workloads/hello/index.ts", Serve.Replace("VERSION", "packed", StringComparison.Ordinal));
        var packed = (await _capsule.DoAsync("pack", "kit", "--publisher", "acme", "--version", "1.0.0", "-o", _capsule["out"])).Split('\n')[0];
        var tar = await Command.RunAsync("tar", ["-czf", "foreign.capakit", "kit"], _capsule.Folder, new Dictionary<string, string?>());
        Assert.AreEqual(0, tar.ExitCode, tar.All);
        Directory.Delete(_capsule["kit"], recursive: true);

        await _capsule.RefusesAsync(8, "CAP5430", "run", packed, "--yes");
        foreach (var file in new[] { packed, "foreign.capakit" })
        {
            var plan = JsonNode.Parse(await _capsule.DoAsync("plan", file, "--json"))!["data"]!;
            Assert.AreEqual("file", (string?)plan["origin"]!["kind"]);
            using var run = await RunningRun.DetachAsync(_capsule, file, "--consent", (string)plan["consentHash"]!);
            Assert.AreEqual("packed", (string?)(await run.GetJsonAsync("/"))["says"]);
            await _capsule.DoAsync("stop", run.Id);
        }

        var kept = Directory.EnumerateDirectories(Path.Combine(_capsule.Home, "sources", "archives")).First();
        await File.AppendAllTextAsync(Path.Combine(kept, "capability.yml"), "# changed");
        Assert.Contains("CAP4313", (await _capsule.RunAsync("run", packed, "--yes")).Error + (await _capsule.RunAsync("run", "foreign.capakit", "--yes")).Error);
    }

    private string Commit(string version, string? prepare)
    {
        var kit = Programs.Kit(prepare).Replace("expose:", "dependencies:\n  part:\n    source: {path: ../part}\nexpose:", StringComparison.Ordinal);
        return _git.Commit(
            "kits",
            ("kits/hello/capability.yml", kit),
            ("kits/hello/capability-test.yml", "tests:\n  - id: says\n    kind: http\n    target: {exposed_path: /}\n    request: {path: /, method: GET}\n    validations: $.body.says.eq(\"" + version + "\")\n"),
            ("kits/hello/workloads/hello/index.ts", Serve.Replace("VERSION", version, StringComparison.Ordinal)),
            ("kits/part/capability.yml", Programs.Kit().Replace("fixture", "part", StringComparison.Ordinal)),
            ("kits/part/workloads/hello/index.ts", Serve));
    }
}
