using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.EndToEnd.Tests.Sharing;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>The samples, outside the checkout, from manifest to a running, signed, published package.</summary>
[TestClass]
public sealed class MainJob : IDisposable
{
    private readonly CapsuleProgram _author = new() { Environment = { ["PASSPHRASE"] = "correct horse battery staple" } };
    private readonly CapsuleProgram _consumer = new();

    public void Dispose()
    {
        _author.Dispose();
        _consumer.Dispose();
    }

    [TestMethod]
    public async Task TheKitIsValidatedSignedPublishedInstalledAndAnswers()
    {
        var identity = await ShareAsync("hello-kit", "hello-kit", "acme/hello-kit");
        await _consumer.HoldingAsync("bun");
        var unasked = await _consumer.RefusesAsync(8, "CAP5430", "run", "acme/hello-kit");
        StringAssert.Contains(unasked.Error, "  | hello/prepare may connect to every public host\n");
        var permissions = (string?)JsonNode.Parse(await _consumer.DoAsync("plan", "acme/hello-kit", "--json"))!["data"]!["permissionHash"];

        using var run = await RunningRun.DetachAsync(_consumer, "acme/hello-kit", "--consent", permissions!);
        var left = Leftovers.Of(_consumer, run.RunnerPid, run.Address.Port);
        Assert.AreEqual(1, left.Sandboxes, "one workload, one sandbox");
        StringAssert.Contains(await run.GetAsync("/"), "<!doctype html>");
        var greeting = await run.CallToolAsync("greet", new JsonObject { ["name"] = "Ada" });
        Assert.AreEqual("Hello, Ada!", (string?)greeting["greeting"]);

        var ps = await _consumer.DoAsync("ps");
        StringAssert.Contains(ps, run.Id);
        StringAssert.Contains(ps, "running");
        StringAssert.Contains(ps, run.Address.GetLeftPart(UriPartial.Authority));
        var logs = await _consumer.DoAsync("logs", run.Id);
        StringAssert.Contains(logs, "POST /mcp 200");
        StringAssert.Contains(logs, "is ready");

        await _consumer.DoAsync("stop", "acme/hello-kit");
        await left.AreGoneAsync();
        Assert.IsEmpty(Leftovers.In(run.Folder), string.Join(", ", Leftovers.In(run.Folder)));
        Assert.AreEqual("", await _consumer.DoAsync("ps"));
        StringAssert.Contains(await _consumer.DoAsync("ps", "--all"), "stopped");
        StringAssert.Contains(await _consumer.DoAsync("list"), identity);
    }

    [TestMethod]
    public async Task TheStaticSiteIsServedFromTheFeed()
    {
        await ShareAsync("static-site", "static-site", "acme/static-site");

        using var run = await RunningRun.DetachAsync(_consumer, "acme/static-site");
        StringAssert.Contains(await run.GetAsync("/"), "<!doctype html>");
        StringAssert.Contains(await run.GetAsync("/about.html"), "</html>");
        await _consumer.DoAsync("stop", run.Id);
    }

    [TestMethod]
    public async Task TheNodeCapsuleIsRunFromTheFeed()
    {
        await ShareAsync("node-capsule", "node-capsule", "acme/node-capsule");
        await _consumer.HoldingAsync("node@20.11.0");
        _consumer.Environment["MARKER"] = "of the host";

        using var run = await RunningRun.DetachAsync(_consumer, "acme/node-capsule");
        var self = await run.GetJsonAsync("/api/self");
        Assert.AreEqual("v20.11.0", (string?)self["node"]);
        Assert.AreEqual("Hello from inside a capsule", (string?)self["greeting"]);
        Assert.IsFalse(self["variables"]!.AsArray().Any(v => (string?)v == "MARKER"));
        CollectionAssert.AreEqual(new[] { "lo" }, self["interfaces"]!.AsArray().Select(i => (string?)i).ToArray());
        await _consumer.DoAsync("stop", run.Id);
    }

    /// <summary>The author's part and the consumer's up to the installation.</summary>
    private async Task<string> ShareAsync(string sample, string slug, string name)
    {
        var project = _author[sample];
        CopyFolder(Checkout.File("samples", sample), project);
        await _author.DoAsync("validate", project);
        await _author.DoAsync("key", "new", "acme", "--passphrase-variable", "PASSPHRASE");
        _author.Write("acme.pub", await _author.DoAsync("key", "show", "acme"));
        var packed = (await _author.DoAsync("pack", project, "--publisher", "acme", "--version", "1.0.0", "-o", _author["out"])).Split('\n');
        var (container, identity) = (packed[0], packed[2]);
        await _author.DoAsync("sign", container, "--publisher", "acme", "--version", "1.0.0", "--key", "acme", "--passphrase-variable", "PASSPHRASE");

        var feed = Directory.CreateDirectory(_author["feed"]).FullName;
        await _author.DoAsync("publish", container, "--publisher", "acme", "--version", "1.0.0", "--feed", feed);
        CollectionAssert.AreEqual(new[] { $"acme.{slug}.1.0.0.nupkg" }, Release.Listing(feed).ToArray());

        await _consumer.DoAsync("trust", "add", "acme", "--match", "acme/*", "--key", _author["acme.pub"]);
        StringAssert.Contains(await _consumer.DoAsync("verify", Path.Combine(feed, $"acme.{slug}.1.0.0.nupkg")), identity);
        StringAssert.Contains(await _consumer.DoAsync("install", name, "--feed", feed), identity);
        return identity;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split('/').Any(p => p is "bin" or "obj" or "node_modules"))
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, relative))!);
            File.Copy(file, Path.Combine(to, relative));
        }
    }
}
