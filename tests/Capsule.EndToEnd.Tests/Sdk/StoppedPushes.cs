using System.Net;
using System.Net.Sockets;
using Capsule.EndToEnd.Tests.Running;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A push that comes to no end, or to a bad one: one error, nothing that counts as pushed, and the next push sends all of it.</summary>
[TestClass]
public class StoppedPushes
{
    private static readonly string[] Named = ["-p:CapsulePublisher=acme", "-p:Version=1.0.0"];

    [TestMethod]
    public async Task EndEverythingOnCtrlC()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build(Named)).Succeeds();
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        using var push = site.Live(["build", "--no-restore", "--nologo", "-v:q", "-t:CapsulePush", $"-p:CapsuleFeed=http://127.0.0.1:{((IPEndPoint)deaf.LocalEndpoint).Port}/v3/index.json", .. Named]);
        for (var end = DateTime.UtcNow.AddSeconds(90); !deaf.Pending(); await Task.Delay(5))
        {
            Assert.IsFalse(push.HasEnded, push.All);
            Assert.IsLessThan(end, DateTime.UtcNow, push.All);
        }

        var tree = HostProcesses.Tree(push.Id);
        push.Signal(LiveProgram.Interrupt);

        var ended = await push.EndAsync(20);
        Assert.AreNotEqual(0, ended.ExitCode, ended.All);
        Assert.IsFalse(ended.All.Contains("error CAP", StringComparison.Ordinal), ended.All);
        Assert.IsEmpty(tree.Where(HostProcesses.IsAlive), ended.All);
        (await site.Rebuild(Named)).Succeeds().Skips("_CapsuleValidate", "_CapsuleAssemble");
    }

    [TestMethod]
    public async Task SendEverythingAgain()
    {
        using var site = await Scenario.SiteAsync();
        var film = new byte[8 << 20];
        new Random(1).NextBytes(film);
        await File.WriteAllBytesAsync(site["site", "film.bin"], film);
        using var feed = new HttpFeed();
        string[] publish = ["publish", "--nologo", "-v:q", "-p:PublishProfile=Registry", $"-p:CapsuleFeed={feed.Address}", .. Named];

        feed.RefusesAfter = 1 << 20;
        (await site.Dotnet(publish)).Fails().Says("error CAP4009").Says("403").NeverSays("CAP9053").NeverSays("   at ");
        feed.HangsUp = true;
        (await site.Dotnet([.. publish, "--no-restore"])).Fails().Says("error CAP40").NeverSays("CAP9053").NeverSays("   at ");
        feed.RefusesAfter = null;
        (await site.Dotnet([.. publish, "--no-restore"])).Succeeds();

        Assert.IsGreaterThan(film.LongLength, feed.Received);
    }
}
