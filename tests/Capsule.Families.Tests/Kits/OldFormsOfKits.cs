using Capsule.Core.Plans;

namespace Capsule.Families.Tests.Kits;

/// <summary>Kits and tests as they were written before today's manifest (specs: kits 1.10, 2.1): they mean what they meant.</summary>
[TestClass]
public class OldFormsOfKits
{
    private const string Kit = """
        version: '1'
        name: hello
        exports: {oaic: {path: /oaic}}
        workloads:
          hello:
            endpoints: [mcp]
            runtime:
              source:
                toolchain: bun
                prepare: {command: bun install, allow_network: false}
                start: {command: bun run a.ts, allow_network: true}
        expose: [{path: /mcp, target: hello, endpoints: [mcp]}]

        """;

    private const string Tests = """
        tests:
          - test: says hello, twice!
            exposed_path: /mcp
            tool: hello
            inputs: {times: 2}
            validations: $.text.eq("hello hello")
            verboseOutput: [$.text]
          - test: compiles
            command: bun x tsc

        """;

    [TestMethod]
    public void AreReadAsWhatIsWrittenToday()
    {
        using var scene = new KitScene(Kit, Tests);
        var compiled = scene.Compile();
        Assert.IsTrue(compiled.Succeeded, KitScene.Said(compiled.Diagnostics));
        Assert.IsTrue(compiled.Diagnostics.All(d => d.Code == "CAP0294"), KitScene.Said(compiled.Diagnostics));
        var processes = compiled.Value.Launch!.Cells.Single().Processes;
        Assert.AreEqual(NetworkMode.None, processes.Single(p => p.Stage == ProcessStage.Prepare).Network.Mode);
        Assert.AreEqual(NetworkMode.Full, processes.Single(p => p.Stage == ProcessStage.Start).Network.Mode);

        var (call, command) = (compiled.Value.Tests!.Cases[0], compiled.Value.Tests.Cases[1]);
        Assert.AreEqual("says-hello-twice", call.Id);
        Assert.AreEqual(TestKind.Mcp, call.Kind);
        Assert.AreEqual("/mcp", call.PublicPath);
        Assert.AreEqual("hello", call.Tool);
        Assert.AreEqual("$.text", call.Verbose.Single());
        Assert.AreEqual(TestKind.Exec, command.Kind);
        Assert.AreEqual("bun x tsc", command.Shell);
    }

    [TestMethod]
    [DataRow("allow_network: true", "network: none, allow_network: true")]
    [DataRow("allow_network: true", "allow_network: sometimes")]
    public void WhatHasNoPlainMeaningIsRefused(string was, string now) =>
        StringAssert.Contains(KitScene.Said(Kit.Replace(was, now, StringComparison.Ordinal)), "error CAP0210: 'allow_network' is an old form");

    [TestMethod]
    [DataRow("  - test: '!!'\n    exposed_path: /mcp\n    tool: hello\n", "'test' is an old form")]
    [DataRow("  - test: a\n    kind: http\n    exposed_path: /mcp\n    validations: $.ok.eq(true)\n", "'exposed_path' is an old form")]
    [DataRow("  - id: a\n    verboseOutput: $\n    verbose_output: $\n", "'verboseOutput' is an old form")]
    [DataRow("  - id: a\n    tool: x\n    target: {exposed_path: /mcp}\n", "'tool' is an old form")]
    public void ATestThatMayHaveMeantAnotherThingIsRefused(string test, string expected)
    {
        using var scene = new KitScene(Kit, "tests:\n" + test);
        StringAssert.Contains(KitScene.Said(scene.Compile().Diagnostics), "error CAP0210: " + expected);
    }
}
