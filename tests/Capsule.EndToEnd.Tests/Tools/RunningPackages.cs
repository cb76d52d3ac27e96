using Capsule.EndToEnd.Tests.Running;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Tools;

/// <summary>The installed tool runs packages in the real sandbox, knowing nothing of the checkout.</summary>
[TestClass]
public class RunningPackages
{
    private const int OrdinaryUser = 61_303;
    private const int SandboxRefused = 7;

    [TestMethod]
    [DataRow(null)]
    [DataRow(OrdinaryUser)]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task InTheSandboxWhoeverInstalledIt(int? user)
    {
        if (user is not null && !Environment.IsPrivilegedProcess)
        {
            return; // The other row is an ordinary user already.
        }

        using var tool = await InstalledTool.NoneAsync(user);
        await tool.InstallAsync();
        await GiveKitAsync(tool, user);

        var tests = await tool.RunAsync(tool.Program, "test", "kit");

        Assert.AreEqual(0, tests.ExitCode, tests.All);
        StringAssert.Contains(tests.All, "3 passed, 0 failed");
    }

    [TestMethod]
    public async Task NothingStartsWithoutTheSandboxesFirstProcess()
    {
        using var tool = await InstalledTool.NoneAsync();
        await tool.InstallAsync();
        var init = Directory.EnumerateFiles(tool["tools"], "capsule-init", SearchOption.AllDirectories).Single();
        Directory.Delete(Path.GetDirectoryName(init)!, recursive: true);
        await GiveKitAsync(tool, user: null);

        var refused = await tool.RunAsync(tool.Program, "run", "kit");

        Assert.AreEqual(SandboxRefused, refused.ExitCode, refused.All);
        StringAssert.Contains(refused.Error, "CAP5107");
        Assert.DoesNotContain("   at ", refused.Error);
    }

    private static async Task GiveKitAsync(InstalledTool tool, int? user)
    {
        await SharedToolchains.GiveAsync(Directory.CreateDirectory(tool["home", ".capsule"]).FullName, ["bun"]);
        var copied = await Command.RunAsync("cp", ["-r", Checkout.File("samples", "hello-kit"), tool["kit"]]);
        Assert.AreEqual(0, copied.ExitCode, copied.All);
        if (user is not null)
        {
            // Toolchains are hard links that others share, and may be read by everyone.
            var owned = await Command.RunAsync("chown", ["-R", $"{user}:{user}", tool["kit"]]);
            owned = owned with { ExitCode = owned.ExitCode | (await Command.RunAsync("chown", [$"{user}:{user}", tool["home", ".capsule"]])).ExitCode };
            Assert.AreEqual(0, owned.ExitCode, owned.All);
        }
    }
}
