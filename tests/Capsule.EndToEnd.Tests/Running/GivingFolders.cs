using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit asks for folders of the user's by name; the user says which, for a project and for an installed package.</summary>
[TestClass]
public sealed class GivingFolders : IDisposable
{
    private const string Manifest = """
        version: '1'
        name: fixture
        workloads:
          hello:
            endpoints: [http]
            mounts: [notes, { mount_mid: models, access: read_only }]
            runtime:
              source:
                toolchain: bun
                start:
                  command: bun run index.ts
        expose:
          - path: /
            target: hello
            endpoints: [http]
        host_mounts:
          notes:
            usage: where your notes are kept
            access: read_write
          models:
            usage: weights of the model
            access: read_write
        """;

    /// <summary>Finds its folders as the contract says: one by the list, one by its variable.</summary>
    private const string Program = """
        import { readFileSync, writeFileSync } from "node:fs";
        const mounts = JSON.parse(process.env.CAPAKIT_MOUNTS_JSON!);
        const attempt = (what: () => unknown) => { try { return what() ?? "did"; } catch (e) { return (e as any).code; } };
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice(5),
          fetch: (request) => Response.json({
            notes: mounts.notes, models: mounts.models,
            read: attempt(() => readFileSync(process.env.CAPAKIT_MOUNT_MODELS + "/weights", "utf8")),
            wrote: attempt(() => writeFileSync(mounts.notes.path + "/today.md", "# Today\n")),
            changed: attempt(() => writeFileSync(mounts.models.path + "/weights", "none")),
            led: attempt(() => readFileSync(mounts.notes.path + "/link", "utf8")),
          }),
        });
        """;

    private readonly CapsuleProgram _capsule = new();

    public GivingFolders()
    {
        _capsule.Write("app/capability.yml", Manifest);
        _capsule.Write("app/workloads/hello/index.ts", Program);
        _capsule.Write("app/secret", "secret");
        _capsule.Write("models/weights", "1 2 3");
        Directory.CreateDirectory(_capsule["notes"]);
        File.CreateSymbolicLink(_capsule["notes", "link"], _capsule["app", "secret"]);
    }

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AWorkloadFindsItsFoldersByTheContract()
    {
        await _capsule.HoldingAsync("bun");
        using var run = await RunningRun.DetachAsync(_capsule, "app", "--mount", "notes=notes", "--mount", $"models={_capsule["models"]}/");
        var said = await run.GetJsonAsync("/");
        var ps = JsonNode.Parse(await _capsule.DoAsync("ps", "--json"))!["data"]![0]!["grants"]!.ToJsonString();
        var record = run.Record["grants"]!["mounts"]!;
        Assert.AreEqual("# Today", await _capsule.DoAsync("exec", run.Id, "--", "cat", "/mnt/notes/today.md"), "beside the run");
        StringAssert.Contains((await _capsule.RefusesAsync(2, "CAP9122", "exec", run.Id, "--mount", "notes=models", "--", "true")).Error, _capsule["notes"]);
        StringAssert.Contains((await _capsule.RefusesAsync(2, "CAP9122", "exec", run.Id, "--gpu", "--env", "A=B", "--", "true")).Error, "--env and --gpu cannot change that");
        Assert.AreEqual("weights", await _capsule.DoAsync("exec", "./app", "--no-write-back", "--mount", "notes=notes", "--mount", "models=models", "--", "ls", "/mnt/models"), "over the project");
        await _capsule.DoAsync("stop", run.Id);

        Assert.AreEqual("""{"mid":"notes","key":"notes","path":"/mnt/notes","access":"read_write"}""", said["notes"]!.ToJsonString());
        Assert.AreEqual("read_only", (string?)said["models"]!["access"]);
        Assert.AreEqual(("1 2 3", "did", "EROFS", "ENOENT"), ((string?)said["read"], (string?)said["wrote"], (string?)said["changed"], (string?)said["led"]), said.ToJsonString());
        Assert.AreEqual("# Today\n", await File.ReadAllTextAsync(_capsule["notes", "today.md"]));
        Assert.AreEqual("1 2 3", await File.ReadAllTextAsync(_capsule["models", "weights"]));
        Assert.AreEqual($$"""{"mounts":{"models":"{{_capsule["models"]}}","notes":"{{_capsule["notes"]}}"},"gpu":false,"hostNetwork":false,"port":0}""", ps);
        Assert.AreEqual(_capsule["notes"], (string?)record["notes"]);
    }

    [TestMethod]
    public async Task ThePlanSaysWhatIsAskedForAndWhatIsGiven()
    {
        var asked = await _capsule.DoAsync("plan", "app");
        StringAssert.Contains(asked, "hello may read and change a folder of yours, as /mnt/notes");
        StringAssert.Contains(asked, "hello may read a folder of yours, as /mnt/models");
        StringAssert.Contains(asked, "  notes (read and change): where your notes are kept  give it with --mount notes=PATH\n");
        StringAssert.Contains(asked, "  models (read): weights of the model                 give it with --mount models=PATH\n");

        _capsule.Environment["HOME"] = _capsule.Folder;
        var given = await _capsule.DoAsync("plan", "app", "--mount", "notes=~/notes", "--mount", "models=./app/../models");
        StringAssert.Contains(given, $"where your notes are kept  {_capsule["notes"]}\n");
        StringAssert.Contains(given, $"  {_capsule["models"]}\n");
        StringAssert.Contains(given, "\nWith what you give ");
        Assert.IsFalse(Directory.Exists(Path.Combine(_capsule.Home, "runs")), "nothing was begun");
    }

    [TestMethod]
    public async Task WhatIsWrongIsSaidWithTheMountsThatThereAre()
    {
        const string Mounts = "\n  | notes (read and change): where your notes are kept\n  | models (read): weights of the model";
        StringAssert.Contains((await _capsule.RefusesAsync(8, "CAP5410", "run", "app", "--mount", "notes=notes")).Error, "needs a folder for the mount 'models'. Its mounts:" + Mounts);
        StringAssert.Contains((await _capsule.RefusesAsync(2, "CAP5460", "run", "app", "--mount", "model=models")).Error, "'fixture' has no mount 'model'. Its mounts:" + Mounts);
        StringAssert.Contains((await _capsule.RefusesAsync(2, "CAP5462", "test", "app", "--mount", "notes=notes", "--mount", "notes=models")).Error, $"'{_capsule["notes"]}' and '{_capsule["models"]}'");
        StringAssert.Contains((await _capsule.RefusesAsync(2, "CAP9121", "plan", "app", "--mount", "notes")).Error, "'notes' says no mount and its folder.");
        await _capsule.RefusesAsync(4, "CAP5136", "run", "app", "--mount", "notes=nowhere");
        await _capsule.RefusesAsync(7, "CAP5134", "run", "app", "--mount", "notes=app/capability.yml");
        Directory.CreateSymbolicLink(_capsule["link"], _capsule["notes"]);
        await _capsule.RefusesAsync(7, "CAP5121", "run", "app", "--mount", "notes=link/");
        StringAssert.Contains((await _capsule.RefusesAsync(7, "CAP5122", "run", "app", "--mount", "notes=/tmp")).Error, "many programs");
        StringAssert.Contains((await _capsule.RefusesAsync(7, "CAP5122", "plan", "app", "--mount", $"models={_capsule.Home}")).Error, "packages, consent and trust");
        StringAssert.Contains((await _capsule.RefusesAsync(7, "CAP5122", "run", "app", "--mount", "notes=app")).Error, "the package's own project");
        Site.Write(_capsule, "site");
        await _capsule.RefusesAsync(2, "CAP5461", "run", "site", "--mount", "notes=notes");
        Assert.IsFalse(Directory.Exists(Path.Combine(_capsule.Home, "runs")), "nothing was begun");
    }

    [TestMethod]
    public async Task AnInstalledPackageIsAskedAboutAgainWhenItIsGivenAnotherFolder()
    {
        await _capsule.HoldingAsync("bun");
        var packed = (await _capsule.DoAsync("pack", "app", "--publisher", "acme", "--version", "1.0.0", "-o", _capsule["out"])).Split('\n');
        await _capsule.DoAsync("install", packed[0], "--publisher", "acme", "--version", "1.0.0", "--identity", packed[2]);
        string[] folders = ["--mount", "notes=notes", "--mount", "models=models"];

        var refused = await _capsule.RefusesAsync(8, "CAP5430", ["run", "acme/fixture", "--yes", .. folders]);
        StringAssert.Contains(refused.Error, $"\n  | the mount 'models' is {_capsule["models"]}\n  | the mount 'notes' is {_capsule["notes"]}");
        var plan = JsonNode.Parse(await _capsule.DoAsync(["plan", "acme/fixture", "--json", .. folders]))!["data"]!;
        await _capsule.RefusesAsync(8, "CAP5431", ["run", "acme/fixture", "--consent", (string)plan["permissionHash"]!, .. folders]);

        using (var agreed = await RunningRun.DetachAsync(_capsule, "acme/fixture", ["--consent", (string)plan["consentHash"]!, .. folders]))
        {
            Assert.AreEqual("did", (string?)(await agreed.GetJsonAsync("/"))["wrote"]);
            await _capsule.DoAsync("stop", agreed.Id);
        }

        Directory.CreateDirectory(_capsule["private"]);
        await _capsule.RefusesAsync(8, "CAP5430", "run", "acme/fixture", "--yes", "--mount", "notes=private", "--mount", "models=models");
        StringAssert.Contains((await _capsule.RefusesAsync(7, "CAP5122", "run", "acme/fixture", "--yes", "--mount", $"notes={Path.Combine(_capsule.Home, "store")}", "--mount", "models=models")).Error, "capsule's own folder");
    }
}
