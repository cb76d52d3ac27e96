using Capsule.Core.Plans;
using Capsule.Runtime.Preparing;
using Capsule.Runtime.Tests.Operations;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Supervision;

[TestClass]
public class PreparingOnce
{
    private const string Program = """
        import { readFileSync, readlinkSync, writeFileSync } from "node:fs";
        const read = () => [readFileSync("made/count", "utf8"), readlinkSync("made/link"), process.env.WORD ?? ""].join(" ");
        Bun.serve({ unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice(5), fetch() { const was = read(); writeFileSync("made/count", "touched"); return new Response(was); } });
        """;

    /// <summary>Counts in the kept home how often it ran, and leaves a link that leads nowhere on this machine.</summary>
    private const string Prepare = """
                prepare:
                  command: n=$(cat ~/runs 2>/dev/null || echo 0); echo $((n+1)) > ~/runs; mkdir made; printf $((n+1)) > made/count; ln -s /opt/capsule/tc/nothing made/link; rm gone.txt
        """;

    [TestMethod]
    public async Task ItsResultIsTakenUntilSomethingChanges()
    {
        await using var scene = RunScene.Kit(Program, Prepare);
        scene.Project.Write("workloads/hello/gone.txt", "");
        Assert.AreEqual("1 /opt/capsule/tc/nothing ", await AnswerAsync(scene));
        Assert.IsFalse(scene.LogText.Contains("taken from the cache", StringComparison.Ordinal));

        Assert.AreEqual("1 /opt/capsule/tc/nothing ", await AnswerAsync(scene), "what the service wrote into its copy is not in the result");
        StringAssert.Contains(scene.LogText, "hello/prepare: nothing has changed since the last time");

        scene.Project.Write("workloads/hello/more/file.txt", "new");
        StringAssert.StartsWith(await AnswerAsync(scene), "2 ");
        StringAssert.StartsWith(await AnswerAsync(scene), "2 ");
        File.SetUnixFileMode(scene.Project["workloads", "hello", "gone.txt"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        StringAssert.StartsWith(await AnswerAsync(scene), "3 ");

        scene.Project.Write("capability.yml", File.ReadAllText(scene.Project["capability.yml"]).Replace("rm gone.txt", "rm -f gone.txt", StringComparison.Ordinal));
        StringAssert.StartsWith(await AnswerAsync(scene), "4 ");
    }

    [TestMethod]
    public void AKeyTellsWhatMayMatter()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/b", "1");
        var command = new ProcessPlan { Id = "a/prepare", Stage = ProcessStage.Prepare, Cwd = "/app", Shell = "make" };
        var keys = new List<string?> { Key(folder, command) };
        Assert.AreEqual(keys[0], Key(folder, command));

        keys.Add(Key(folder, command with { Shell = "make all" }));
        keys.Add(Key(folder, command with { Network = new NetworkPlan { Mode = NetworkMode.Full } }));
        keys.Add(Key(folder, command, ("WORD", "x")));
        keys.Add(Key(folder, command, offered: "package"));
        folder.Write("a/b", "2");
        keys.Add(Key(folder, command));
        Directory.Move(folder["a"], folder["c"]);
        keys.Add(Key(folder, command));
        File.CreateSymbolicLink(folder["link"], "c");
        keys.Add(Key(folder, command));
        Assert.AreEqual(keys.Count, keys.Distinct().Count(), string.Join('\n', keys));
    }

    [TestMethod]
    public void WhatCannotBeKeptIsNoResult()
    {
        using var folder = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        copy.Write("file", "x");
        var (result, copies) = (new PreparedResult(folder["kept"]), new Dictionary<string, string> { ["app"] = copy.Path });
        result.Keep("one", copies, default);
        File.Delete(copy["file"]);
        Assert.IsFalse(result.Restore("two", copies, default));
        Assert.IsTrue(result.Restore("one", copies, default));
        Assert.AreEqual("x", File.ReadAllText(copy["file"]));

        using (var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0))
        {
            socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(copy["socket"]));
            result.Keep("three", copies, default);
        }

        Assert.IsFalse(result.Restore("three", copies, default));
        Assert.IsFalse(result.Restore("one", copies, default), "the older one made room");

        // A runner that was stopped in the middle leaves files without a key.
        Directory.CreateDirectory(folder["kept", "in-app"]);
        Assert.IsFalse(result.Restore("", copies, default));
    }

    private static string? Key(TemporaryFolder folder, ProcessPlan command, (string Name, string Value)? variable = null, string? offered = null) => PreparationKey.Of(
        new Dictionary<string, string> { ["app"] = folder.Path },
        [command],
        _ => variable is { } v ? new Dictionary<string, string> { [v.Name] = v.Value } : [],
        new Dictionary<string, Runtime.Toolchains.Toolchain>(),
        offered is null ? [] : [offered],
        default);

    private static async Task<string> AnswerAsync(RunScene scene)
    {
        await using var run = await scene.StartAsync();
        return await scene.Http.GetStringAsync(run.Address);
    }
}
