using System.IO.Compression;
using System.Text.Json;
using Capsule.EndToEnd.Tests.Sdk;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary><c>capsule schema</c> gives the schemas that the SDK ships.</summary>
[TestClass]
public sealed class Schemas : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AreListedPrintedAndWritten()
    {
        var list = JsonDocument.Parse(await _capsule.DoAsync("schema", "--json")).RootElement.GetProperty("data");
        CollectionAssert.AreEqual(
            new[] { "capability.yml", "capability-test.yml", "capsule.toml", "atom.toml", "ATOMS.yml" }, list.EnumerateArray().Select(s => s.GetProperty("manifest").GetString()).ToArray());

        Assert.AreEqual(Shipped("capsule.schema.json"), await _capsule.DoAsync("schema", "capsule.toml") + "\n");
        Assert.AreEqual(Shipped("atom.schema.json"), await _capsule.DoAsync("schema", "atom") + "\n");

        await _capsule.DoAsync("schema", "--output", "project/.schemas");
        foreach (var schema in list.EnumerateArray().Select(s => s.GetProperty("file").GetString()!))
        {
            Assert.AreEqual(Shipped(schema), File.ReadAllText(_capsule["project", ".schemas", schema]));
        }
    }

    [TestMethod]
    public async Task OfAnotherNameAreRefusedWithThoseThatThereAre()
    {
        var run = await _capsule.RefusesAsync(4, "CAP9120", "schema", "plugin.yaml");

        StringAssert.Contains(run.Error, "Name one of: capability.yml, capability-test.yml, capsule.toml, atom.toml, ATOMS.yml.");
        Assert.AreEqual("", run.Output);
    }

    [TestMethod]
    public async Task AreInThePackageOfTheSdk()
    {
        var feed = await PackedSdk.FeedAsync();
        using var package = ZipFile.OpenRead(Path.Combine(feed.Packages, $"Capsule.Sdk.{PackedFeed.Version}.nupkg"));

        CollectionAssert.AreEquivalent(
            Directory.GetFiles(Checkout.File("sdk", "schemas")).Select(f => $"schemas/{Path.GetFileName(f)}").ToArray(),
            package.Entries.Select(e => e.FullName).Where(n => n.StartsWith("schemas/", StringComparison.Ordinal)).ToArray());
    }

    private static string Shipped(string name) => File.ReadAllText(Checkout.File("sdk", "schemas", name));
}
