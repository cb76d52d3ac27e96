using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary><c>dotnet run</c> and <c>dotnet test</c>: the launcher of the packed SDK, in the real sandbox.</summary>
[TestClass]
public class Running
{
    [TestMethod]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task ServesTheSiteUntilItIsStopped()
    {
        using var site = await Scenario.SiteAsync();
        var port = FreePort();
        site.Edit("capsule.toml", "port = 8080", $"port = {port}");
        (await site.Build()).Succeeds();

        using var run = site.Start("run", "--no-build");
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
            var page = await Until(async () => await http.GetStringAsync($"http://127.0.0.1:{port}/"), run);
            StringAssert.Contains(page, "<title>");

            (await Command.RunAsync("kill", ["-TERM", $"{run.Id}"])).ToString();
            Assert.IsTrue(run.WaitForExit(TimeSpan.FromSeconds(20)), "It did not stop.");
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync($"http://127.0.0.1:{port}/"));
        }
        finally
        {
            Kill(run);
        }
    }

    [TestMethod]
    public async Task SaysWhichModeOfDotnetTestItNeeds()
    {
        using var kit = await Scenario.KitAsync();
        File.Delete(Path.Combine(Path.GetDirectoryName(kit.Folder)!, "global.json"));

        (await kit.Dotnet("test", "--nologo", "-v:q")).Fails().Says("error CAP9008");
    }

    [TestMethod]
    public async Task FindsNoTestProjectWhereThereAreNoCases()
    {
        using var site = await Scenario.SiteAsync();

        (await site.Dotnet("msbuild", "-getProperty:IsTestingPlatformApplication")).Succeeds().NeverSays("true");
        (await site.Dotnet("test", "-p:CapsuleHasTests=true")).Fails().Says("Zero tests ran");
        (await site.Dotnet("test", "--no-build", "-p:CapsuleHasTests=true", "-p:CapsuleFailOnZeroTests=false")).Succeeds();
    }

    [TestMethod]
    public async Task RunsTheCasesOfTheKitAndReportsAFailureAtItsPlace()
    {
        using var kit = await Scenario.KitAsync();
        var home = Home.WithToolchains();
        (string, string?)[] environment = [("CAPSULE_HOME", home)];

        (await kit.Dotnet(environment, "test")).Succeeds().Says("total: 3").Says("succeeded: 3");
        (await kit.Dotnet(environment, "test", "--no-build", "--list-tests")).Succeeds().Says("greets-by-name").Says("counts-words-over-http");

        kit.Edit("capability-test.yml", "$.body.words.eq(9)", "$.body.words.eq(10)");
        var lines = await File.ReadAllLinesAsync(kit["capability-test.yml"]);
        var line = Array.FindIndex(lines, l => l.Contains("eq(10)", StringComparison.Ordinal)) + 1;
        (await kit.Dotnet(environment, "test", "--treenode-filter", "/hello-kit/http/*")).Fails()
            .Says("failed counts-words-over-http").Says($"{kit["capability-test.yml"]}({line},").Says("CAP60").Says("total: 1");
        (await kit.Dotnet(environment, "test", "--no-build", "--filter-uid", "passes-its-own-unit-tests")).Succeeds().Says("total: 1");
    }

    private static async Task<string> Until(Func<Task<string>> ask, Process run)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && attempt < 120)
            {
                Assert.IsFalse(run.HasExited, "It ended before it answered.");
                await Task.Delay(500);
            }
        }
    }

    private static void Kill(Process run)
    {
        if (!run.HasExited)
        {
            run.Kill(entireProcessTree: true);
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
