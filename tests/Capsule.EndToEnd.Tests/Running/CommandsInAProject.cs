using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary><c>capsule exec</c> over a private copy of a project.</summary>
[TestClass]
public sealed class CommandsInAProject : IDisposable
{
    private const string Kit = """
        version: '1'
        name: shadowed
        workloads:
          hello:
            endpoints: [http]
            runtime:
              source:
                toolchain: bun
                prepare:
                  command: mkdir -p node_modules && echo prepared > node_modules/marker && echo made > generated.txt
                start:
                  command: bun run index.ts
          other:
            endpoints: [http]
            runtime:
              source:
                toolchain: bun
                start:
                  command: bun run index.ts
        """;

    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AKitsCommandWritesItsFilesBackAndNothingElse()
    {
        await _capsule.HoldingAsync("bun");
        _capsule.Write("kit/capability.yml", Kit);
        _capsule.Write("kit/workloads/hello/index.ts", "1\n");
        _capsule.Write("kit/workloads/hello/old.ts", "1\n");
        _capsule.Write("kit/workloads/other/index.ts", "1\n");
        _capsule.Write("kit/.git/config", "[core]\n");

        // As bun add does: a manifest, a lock and a dependency folder; beside them a source that is generated.
        _capsule.Write("kit/workloads/hello/add.ts", """
            import { mkdirSync, rmSync, writeFileSync } from "node:fs";
            mkdirSync("node_modules/dep", { recursive: true });
            writeFileSync("node_modules/dep/index.js", "x");
            writeFileSync("package.json", JSON.stringify({ dependencies: { dep: "1.0.0" } }));
            writeFileSync("bun.lock", "{}");
            mkdirSync("src/api", { recursive: true });
            writeFileSync("src/api/client.ts", "export {};\n");
            mkdirSync(".git", { recursive: true });
            writeFileSync(".git/config", "[core]\nfsmonitor = false\n");
            writeFileSync("Directory.Build.targets", "<Project />");
            writeFileSync("capability.yml", "version: '1'\n");
            rmSync("old.ts");
            console.log(process.argv[2], Bun.version.length > 0);
            process.exit(3);
            """);

        // The word is a workload of the current folder's project.
        var added = await In("kit", "exec", "hello", "--", "bun", "add.ts", "done");

        Assert.AreEqual(3, added.ExitCode, added.All);
        Assert.AreEqual("done true\n", added.Output);
        foreach (var line in new[]
        {
            "created workloads/hello/bun.lock", "created workloads/hello/package.json", "created workloads/hello/src/api/client.ts", "deleted workloads/hello/old.ts",
            "not written back: workloads/hello/.git/ (hidden: ", "not written back: workloads/hello/Directory.Build.targets (MSBuild ",
            "not written back: workloads/hello/capability.yml (it is a manifest",
        })
        {
            StringAssert.Contains(added.Error, line);
        }

        CollectionAssert.AreEquivalent(
            new[] { "add.ts", "bun.lock", "index.ts", "package.json", "src/api/client.ts" },
            Files("kit/workloads/hello"), "neither dependencies nor what the preparation made");
        Assert.AreEqual("[core]\n", File.ReadAllText(_capsule["kit", ".git", "config"]));
        Assert.AreEqual(0, (await Command.RunAsync("find", [_capsule["kit"], "-newermt", "2000-01-01", "!", "-uid", Environment.IsPrivilegedProcess ? "0" : await Uid()])).Output.Length, "files belong to the project's owner");

        await LeavesTheProjectAloneAsync();
    }

    private async Task LeavesTheProjectAloneAsync()
    {
        var before = Files("kit");
        var kept = JsonNode.Parse((await In("kit", "exec", "other", "--no-write-back", "--json", "--", "sh", "-c", "echo 2 > index.ts")).Output)!;
        Assert.AreEqual(0, (int)kept["exit"]!);
        Assert.IsEmpty(kept["data"]!["files"]!.AsArray());
        Assert.AreEqual("1\n", File.ReadAllText(_capsule["kit", "workloads", "other", "index.ts"]));

        // The preparation has not run, the project changes under the command, the command's own success is no success.
        var conflict = await _capsule.RunAsync("exec", "kit", "hello", "--no-prepare", "--json", "--", "sh", "-c", "ls generated.txt 2>/dev/null && exit 8; echo 3 > index.ts; echo odd > 'two\nlines'");
        Assert.AreEqual(0, conflict.ExitCode, conflict.All);
        var file = JsonNode.Parse(conflict.Output)!["data"]!["files"]!.AsArray().Single(f => (string)f!["action"]! == "left")!;
        Assert.AreEqual("workloads/hello/two\nlines", (string?)file["path"]);
        using (var running = _capsule.Start("exec", "./kit", "--process", "hello/start", "--no-prepare", "--", "sh", "-c", "echo 4 > index.ts; echo begun; until [ -e /tmp/never ]; do sleep 0.05; done"))
        {
            await running.UntilPrintedAsync("begun");
            running.Signal(LiveProgram.Interrupt);
            Assert.AreEqual(130, (await running.EndAsync(60)).ExitCode);
        }

        Assert.AreEqual("3\n", File.ReadAllText(_capsule["kit", "workloads", "hello", "index.ts"]));
        CollectionAssert.AreEquivalent(before, Files("kit"));
        var both = await In("kit", "exec", "--all", "--no-prepare", "--", "sh", "-c", "echo 5 > all.ts");
        Assert.AreEqual(0, both.ExitCode, both.All);
        StringAssert.Contains(both.Error, "created workloads/hello/all.ts");
        StringAssert.Contains(both.Error, "created workloads/other/all.ts");

        StringAssert.Contains((await _capsule.RefusesAsync(1, "CAP5493", "exec", "kit", "--", "true")).Error, "hello, other");
        await _capsule.RefusesAsync(4, "CAP5492", "exec", "kit", "absent", "--", "true");
        await _capsule.RefusesAsync(4, "CAP5407", "exec", "absent", "--", "true");
        await _capsule.RefusesAsync(2, "CAP9100", "exec", "kit", "hello", "more", "--", "true");
        Assert.IsEmpty(JsonNode.Parse(await _capsule.DoAsync("ps", "--json"))!["data"]!.AsArray(), "nothing is left running");
    }

    [TestMethod]
    public async Task ACapsulesCommandMayWriteItsCopyAndTheProjectWinsAConflict()
    {
        _capsule.Write("app/capsule.toml", Programs.Native("tool.sh"));
        _capsule.Write("app/tool.sh", "#!/bin/sh\necho tool\n");
        _capsule.Write("app/data.txt", "1\n");
        Assert.AreEqual(0, (await Command.RunAsync("chmod", ["755", _capsule["app", "tool.sh"]])).ExitCode);
        using (var running = _capsule.Start("exec", "app", "--", "sh", "-c", "./tool.sh; echo 2 > data.txt; echo 2 > fresh.txt; echo 2 >> capsule.toml; echo begun; until [ -e /var/cache/capsule/go ]; do sleep 0.05; done"))
        {
            await running.UntilPrintedAsync("begun");
            _capsule.Write("app/data.txt", "mine\n");
            var go = Directory.GetDirectories(_capsule.Home, "cache", SearchOption.AllDirectories).Single(d => d.Contains("/cache/packages/", StringComparison.Ordinal));
            File.WriteAllText(Path.Combine(go, "go"), "");
            var end = await running.EndAsync(60);
            Assert.AreEqual(9, end.ExitCode, end.All);
            StringAssert.Contains(end.Output, "tool\n");
            StringAssert.Contains(end.Error, "CAP5495");
            StringAssert.Contains(end.Error, "conflict, kept the project's: data.txt (it was changed in the project)");
            StringAssert.Contains(end.Error, "not written back: capsule.toml (it is a manifest");
            StringAssert.Contains(end.Error, "created fresh.txt");
        }

        Assert.AreEqual("mine\n", File.ReadAllText(_capsule["app", "data.txt"]));
        Assert.AreEqual("2\n", File.ReadAllText(_capsule["app", "fresh.txt"]));

        StringAssert.Matches(await _capsule.DoAsync("store", "status", "--detailed"), new(@"state +\d+\.\d MB +\d+ files  local-fixture/tool/1"));
        var use = JsonNode.Parse(await _capsule.DoAsync("store", "status", "--json"))!["data"]!.AsArray();
        CollectionAssert.AreEqual(new[] { "store", "toolchains", "sources", "state", "cache", "runs", "logs" }, use.Select(u => (string)u!["kind"]!).ToArray());
        Assert.IsGreaterThan(0, (long)use.Single(u => (string)u!["kind"]! == "logs")!["bytes"]!);

        Site.Write(_capsule, "site");
        await _capsule.RefusesAsync(1, "CAP5491", "exec", "site", "--", "true");
    }

    private static async Task<string> Uid() => (await Command.RunAsync("id", ["-u"])).Output.Trim();

    private Task<Command> In(string folder, params string[] arguments) => Command.RunAsync("dotnet", [CapsuleProgram.Program, .. arguments], _capsule[folder], _capsule.Variables());

    private string[] Files(string folder) =>
        [.. Directory.GetFiles(_capsule[folder], "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(f => Path.GetRelativePath(_capsule[folder], f))];
}
