using System.Diagnostics;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary><c>dotnet run</c>: the launcher of the packed SDK, in the real sandbox.</summary>
[TestClass]
public class Running
{
    [TestMethod]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task ServesTheSiteUntilItIsStopped()
    {
        using var site = await Scenario.SiteAsync();
        var port = Port.Free();
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
}
