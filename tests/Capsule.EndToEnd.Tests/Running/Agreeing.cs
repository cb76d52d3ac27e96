using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>An installed package runs when somebody has agreed to what it asks for, and asks again when it asks for more.</summary>
[TestClass]
public sealed class Agreeing
{
    [TestMethod]
    public async Task APersonIsAskedOnceAndTheDefaultIsNo()
    {
        using var capsule = await new CapsuleProgram().HoldingAsync("bun");
        capsule.Write("app/workloads/hello/index.ts", "Bun.serve({ unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice(5), fetch: () => new Response('hi') });");
        await InstallAsync(capsule, "1.0.0", Programs.Kit(prepare: "'true'"));

        var declined = await capsule.AtATerminalAsync("\n", "run", "acme/fixture", "--port", "0");
        Assert.AreEqual(1, declined.ExitCode, declined.All);
        StringAssert.Contains(declined.Output, "- hello/prepare may connect to every public host");
        StringAssert.Contains(declined.Output, "Let it? [y/N]");
        StringAssert.Contains(declined.Output, "CAP5432");
        Assert.AreEqual("", await capsule.DoAsync("ps", "--all"));

        var agreed = await capsule.AtATerminalAsync("y\n", "run", "acme/fixture", "--port", "0", "--detach");
        Assert.AreEqual(0, agreed.ExitCode, agreed.All);
        await capsule.DoAsync("stop", "acme/fixture");
        using (var again = await RunningRun.DetachAsync(capsule, "acme/fixture", "--yes"))
        {
            Assert.AreEqual("hi", await again.GetAsync("/"));
            await capsule.DoAsync("stop", again.Id);
        }

        capsule.Write("app/workloads/other/index.ts", "");
        await InstallAsync(capsule, "1.1.0", Programs.Kit(prepare: "'true'").Replace("expose:", """
              other:
                endpoints: [http]
                runtime:
                  source:
                    toolchain: bun
                    prepare:
                      command: 'true'
                    start:
                      command: bun run index.ts
            expose:
            """, StringComparison.Ordinal));
        var more = await capsule.RefusesAsync(8, "CAP5430", "run", "acme/fixture", "--yes");
        StringAssert.Contains(more.Error, "  | other/prepare may connect to every public host\n");
        await capsule.RefusesAsync(8, "CAP5431", "run", "acme/fixture", "--consent", new string('0', 64));
        StringAssert.Contains((await capsule.RefusesAsync(2, "CAP9100", "run", "acme/fixture", "--consent", "all")).Error, "'all' names no permissions");
    }

    private static async Task InstallAsync(CapsuleProgram capsule, string version, string manifest)
    {
        capsule.Write("app/capability.yml", manifest);
        var packed = (await capsule.DoAsync("pack", "app", "--publisher", "acme", "--version", version, "-o", capsule["out"])).Split('\n');
        await capsule.DoAsync("install", packed[0], "--publisher", "acme", "--version", version, "--identity", packed[2]);
    }
}
