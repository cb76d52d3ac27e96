namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary><c>dotnet watch</c> without hot reload: a change is built, tested, started again (specs: msbuild-sdk 3.5).</summary>
[TestClass]
public sealed class Watching
{
    [TestMethod]
    public async Task BuildsAgainAndShowsWhatIsWrongUntilItIsRight()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Dotnet("restore", "-v:q")).Succeeds();
        await using var watch = WatchedProject.Start(site, [], "build", "--no-restore", "--nologo", "-v:m");
        StringAssert.Contains(await watch.EndedAsync(), "0 Error(s)");
        var first = await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]);

        site.Edit("site/index.html", "</html>", "<!-- seen --></html>");
        StringAssert.Contains(await watch.EndedAsync(), "0 Error(s)");
        CollectionAssert.AreNotEqual(first, await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]));

        site.Edit("capsule.toml", "port = 8080", "port = 0");
        StringAssert.Contains(await watch.EndedAsync(), "capsule.toml(15,8,15,9): error CAP");

        site.Edit("capsule.toml", "port = 0", "port = 8080");
        StringAssert.Contains(await watch.EndedAsync(), "0 Error(s)");
        await watch.StopAsync();
    }

    [TestMethod]
    public async Task StartsTheSiteAgain()
    {
        using var site = await Scenario.SiteAsync();
        var port = Port.Free();
        site.Edit("capsule.toml", "port = 8080", $"port = {port}");
        (await site.Build()).Succeeds();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await using var watch = WatchedProject.Start(site, [], "--no-hot-reload", "run", "--no-restore");
        await watch.PrintedAsync($"listening on http://127.0.0.1:{port}/");

        site.Edit("site/index.html", "</html>", "<!-- seen --></html>");
        await watch.PrintedAsync($"listening on http://127.0.0.1:{port}/");

        StringAssert.Contains(await http.GetStringAsync($"http://127.0.0.1:{port}/"), "<!-- seen -->");
        await watch.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync($"http://127.0.0.1:{port}/"));
    }

    /// <summary>The case also looks for what <c>dotnet watch</c> puts into the environment of its children, and for a secret of the user's.</summary>
    [TestMethod]
    [DataRow(false, "Passed!", "Failed!")]
    [DataRow(true, "Test run summary: Passed!", "Test run summary: Failed!")]
    public async Task TestsAgain(bool platform, string passed, string failed)
    {
        using var tested = platform ? await TestedKit.OnThePlatformAsync() : await TestedKit.InVsTestModeAsync();
        tested.OnlyCase("! env | grep -E 'DOTNET_|MSBUILD|THE_SECRET'");
        (await tested.Kit.Dotnet("restore", "-v:q")).Succeeds();
        await using var watch = WatchedProject.Start(tested.Kit, [("THE_SECRET", "x")], "test", "--no-restore");
        StringAssert.Contains(await watch.EndedAsync(), passed);

        tested.OnlyCase("echo seen; exit 3");
        var again = await watch.EndedAsync();
        StringAssert.Contains(again, failed);
        StringAssert.Contains(again, "CAP6008");
        await watch.StopAsync();
    }
}
