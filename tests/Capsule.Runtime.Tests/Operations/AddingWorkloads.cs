using Capsule.Core.Files;
using Capsule.Operations.Kits.Workloads;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>A workload is added to a Kit whole or not at all.</summary>
[TestClass]
public sealed class AddingWorkloads
{
    private const string Manifest = "version: '1' # the first\r\nname: kit\r\nworkloads:\r\n  a: # one\r\n    runtime: {source: {toolchain: bun, start: {command: bun run a}}}\r\n  # and none after it\r\n";

    private static readonly NewWorkload Workload = new("b", ["mcp", "http"], "/b", [("src/index.ts", [1])]);

    [TestMethod]
    public void NothingElseOfTheManifestChanges()
    {
        using var kit = new TemporaryFolder();
        var manifest = kit.Write("capability.yml", "\uFEFF" + Manifest);
        var added = WorkloadAddition.Add(manifest, Workload);
        Assert.IsTrue(added.Succeeded, string.Join(' ', added.Diagnostics));
        Assert.AreEqual(
            "\uFEFF" + Manifest.Replace("  # and none after it\r\n", "  b:\r\n    endpoints: [mcp, http]\r\n    runtime:\r\n      source:\r\n        toolchain: bun\r\n        prepare:\r\n          command: bun install --frozen-lockfile\r\n        start:\r\n          command: bun run src/index.ts\r\n", StringComparison.Ordinal)
                + "expose:\r\n  - path: /b\r\n    target: b\r\n    endpoints: [mcp, http]\r\n    default_mcp: true\r\n  # and none after it\r\n",
            System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(manifest)));
        Assert.IsTrue(File.Exists(kit["workloads/b/src/index.ts"]));
        Assert.IsFalse(File.Exists(manifest + ".lock"));
    }

    [TestMethod]
    public void WaitsForItsTurnAndGivesUp()
    {
        using var kit = new TemporaryFolder();
        var manifest = kit.Write("capability.yml", Manifest);
        using (WriteTurn.Take(manifest, TimeSpan.Zero))
        {
            Assert.AreEqual("CAP5584", WorkloadAddition.Add(manifest, Workload, TimeSpan.FromMilliseconds(50)).Diagnostics.Single().Code);
        }

        Assert.AreEqual((Manifest, false), (File.ReadAllText(manifest), Directory.Exists(kit["workloads"])));
    }

    [TestMethod]
    [DataRow("workloads: {a: {runtime: {source: {toolchain: bun, start: {command: x}}}}}", "CAP0925")]
    [DataRow("workloads:\n  a: {import: {}}", "CAP0202")]
    public void WhatCannotBeEditedOrIsNoKitStaysAsItIs(string workloads, string code)
    {
        using var kit = new TemporaryFolder();
        var text = $"version: '1'\nname: kit\n{workloads}\n";
        var manifest = kit.Write("capability.yml", text);
        Assert.AreEqual(code, WorkloadAddition.Add(manifest, Workload).Diagnostics.First(d => d.IsError).Code);
        Assert.AreEqual((text, false), (File.ReadAllText(manifest), Directory.Exists(kit["workloads"])));
    }
}
