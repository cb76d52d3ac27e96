using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Kits;
using Capsule.Runtime.StandIns;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Tests.Toolchains;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.StandIns;

[TestClass]
public class DecidingAboutStandIns
{
    private const string Asking = """{"dependencies":{"@capakit/sdk":"0.0.10"}}""";

    [TestMethod]
    public async Task TheHomeIsToldAndForgets()
    {
        await using var registry = await FakeRegistry.StartAsync();
        using var scene = new Scene(registry);
        scene.Home.Write(".npmrc", "fund=false\n@capakit:registry=http://127.78.0.1:4873/offered-0000000000000000/\n");
        scene.Folder.Write("package.json", Asking);
        var offered = await scene.AskAsync();
        Assert.HasCount(1, offered, "what another version of ours wrote is no choice of the workload's");
        var root = StandInRegistry.RootOf(offered).ToString();
        StringAssert.Matches(root, new Regex(@"\Ahttp://127\.78\.0\.1:4873/offered-[0-9a-f]{16}/\z"));
        Assert.AreEqual($"fund=false\n@capakit:registry={root}\n", File.ReadAllText(scene.Home[".npmrc"]));
        StringAssert.Contains(File.ReadAllText(scene.Home[".bunfig.toml"]), $"\"@capakit\" = \"{root}\"");
        Assert.HasCount(1, await scene.AskAsync(), "its own lines are no choice of the workload's");
        Assert.AreEqual(1, registry.Asked, "asked once for each run");

        scene.Folder.Write("package.json", "{}");
        Assert.IsEmpty(await scene.AskAsync());
        Assert.AreEqual("fund=false\n", File.ReadAllText(scene.Home[".npmrc"]));
        Assert.IsFalse(File.Exists(scene.Home[".bunfig.toml"]));
    }

    [TestMethod]
    public async Task AScopeThatTheKitPlacesItselfIsLeftAlone()
    {
        await using var registry = await FakeRegistry.StartAsync();
        foreach (var (file, text) in new[]
        {
            (".npmrc", "@capakit:registry=http://registry.example/"),
            ("bunfig.toml", "[install.scopes]\n\"@capakit\" = \"http://registry.example/\"\n"),
            ("bunfig.toml", "install.scopes = { '@capakit' = \"http://registry.example/\" }\n"),
            ("bunfig.toml", "[install.scopes]\ncapakit = \"http://registry.example/\"\n"),
        })
        {
            using var scene = new Scene(registry);
            scene.Folder.Write("package.json", Asking);
            scene.Folder.Write(file, text);
            Assert.IsEmpty(await scene.AskAsync(), text);
            Assert.IsEmpty(Directory.EnumerateFileSystemEntries(scene.Home.Path));
        }

        Assert.AreEqual(0, registry.Asked);
        using var commented = new Scene(registry);
        commented.Folder.Write("package.json", Asking);
        commented.Folder.Write("bunfig.toml", "# \"@capakit\" was here\n");
        commented.Home.Write(".bunfig.toml", "telemetry = false\n");
        Assert.HasCount(1, await commented.AskAsync());
        Assert.AreEqual("telemetry = false\n", File.ReadAllText(commented.Home[".bunfig.toml"]), "the workload's own");
    }

    [TestMethod]
    public async Task OnlyCommandsThatFetchAreOfferedAnything()
    {
        await using var registry = await FakeRegistry.StartAsync();
        using var scene = new Scene(registry);
        scene.Folder.Write("workspace/package.json", Asking);
        foreach (var (stage, mode, offered) in new[]
        {
            (ProcessStage.Prepare, NetworkMode.Full, 1), (ProcessStage.Exec, NetworkMode.Full, 1), (ProcessStage.Prepare, NetworkMode.Egress, 0),
            (ProcessStage.Prepare, NetworkMode.None, 0), (ProcessStage.Start, NetworkMode.Full, 0), (ProcessStage.Exec, NetworkMode.Host, 0),
        })
        {
            Assert.HasCount(offered, await scene.AskAsync(stage, mode), $"{stage} {mode}");
        }
    }

    [TestMethod]
    public async Task ALockWithOtherBytesIsNamed()
    {
        await using var registry = await FakeRegistry.StartAsync();
        using var scene = new Scene(registry);
        scene.Folder.Write("package.json", Asking);
        scene.Folder.Write("bun.lock", Lock("sha512-" + Convert.ToBase64String(new byte[64])));
        var offered = await scene.AskAsync();
        StringAssert.Contains(scene.Said, "CAP5751");
        StringAssert.Contains(scene.Said, "0.0.10");

        using var right = new Scene(registry);
        right.Folder.Write("package.json", Asking);
        right.Folder.Write("bun.lock", Lock(offered[0].IntegrityOf("0.0.10")!));
        await right.AskAsync();
        Assert.IsFalse(right.Said.Contains("CAP5751", StringComparison.Ordinal), right.Said);

        static string Lock(string integrity) =>
            $$"""
                "@capakit/sdk": ["@capakit/sdk@0.0.10", "http://127.78.0.1:4873/@capakit/sdk/-/sdk-0.0.10.tgz", { "optionalPeers": ["openai"] }, "{{integrity}}"],
            """;
    }

    [TestMethod]
    public async Task AHomeThatCannotBeToldIsRefused()
    {
        await using var registry = await FakeRegistry.StartAsync();
        using var scene = new Scene(registry);
        scene.Folder.Write("package.json", Asking);
        scene.Home.Write(".npmrc/in-the-way", "");
        var refused = await Assert.ThrowsExactlyAsync<RefusedException>(() => scene.AskAsync());
        Assert.AreEqual("CAP5752", refused.Diagnostic.Code);

        using var linked = new Scene(registry);
        linked.Folder.Write("package.json", Asking);
        var outside = linked.Folder.Write("outside", "mine\n");
        File.CreateSymbolicLink(linked.Home[".npmrc"], outside);
        await linked.AskAsync();
        Assert.AreEqual("mine\n", File.ReadAllText(outside), "a link that the workload left is replaced, not followed");
    }

    [TestMethod]
    public void EachNumberHasItsDocumentAndItsBytes()
    {
        var documents = new StandInDocuments(WorkloadSdkPackage.StandIn, StandInRegistry.Root);
        var served = JsonNode.Parse(documents.Document)!;
        Assert.AreEqual("0.0.10", (string?)served["dist-tags"]!["latest"]);
        CollectionAssert.AreEqual(new[] { "0.0.7", "0.0.8", "0.0.9", "0.0.10" }, served["versions"]!.AsObject().Select(v => v.Key).ToArray());
        foreach (var (number, version) in served["versions"]!.AsObject())
        {
            var archive = documents.ArchiveAt(new Uri((string)version!["dist"]!["tarball"]!).AbsolutePath)!;
            Assert.AreEqual("sha512-" + Convert.ToBase64String(SHA512.HashData(archive)), (string?)version["dist"]!["integrity"]);
            Assert.AreEqual(number, (string?)version["version"]);

            // The platform's own readers are the judges.
            var files = Unpacked(archive);
            StringAssert.Contains(files["package/package.json"], $"\"version\": \"{number}\"");
            StringAssert.Contains(files["package/version.js"], $"\"{number}\"");
            Assert.IsTrue(files.ContainsKey("package/lib/server.js"));
        }

        Assert.IsNull(documents.ArchiveAt("/@capakit/sdk/-/sdk-0.0.6.tgz"));
        Assert.IsNull(documents.IntegrityOf("1.0.0"));
    }

    private static Dictionary<string, string> Unpacked(byte[] archive)
    {
        using var plain = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        using var tar = new TarReader(plain);
        var files = new Dictionary<string, string>();
        while (tar.GetNextEntry(copyData: true) is { } entry)
        {
            files[entry.Name] = new StreamReader(entry.DataStream!).ReadToEnd();
        }

        return files;
    }

    private sealed class Scene : IDisposable
    {
        private readonly StandInOffers _offers;
        private readonly RunLog _log;
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _said = [];

        public Scene(FakeRegistry registry)
        {
            _log = new RunLog(Logs.Path, line => _said.Enqueue(line.Text));
            _offers = new StandInOffers([WorkloadSdkPackage.StandIn], _ => Task.FromResult(registry.Settings()), _log);
        }

        public TemporaryFolder Home { get; } = new();

        public TemporaryFolder Folder { get; } = new();

        public TemporaryFolder Logs { get; } = new();

        public string Said => string.Join('\n', _said);

        public Task<IReadOnlyList<StandInDocuments>> AskAsync(ProcessStage stage = ProcessStage.Prepare, NetworkMode mode = NetworkMode.Full) =>
            _offers.ForAsync(new ProcessPlan { Id = "a/b", Stage = stage, Cwd = "/app", Network = new NetworkPlan { Mode = mode } }, Home.Path, [Folder.Path], default);

        public void Dispose()
        {
            _log.Dispose();
            Home.Dispose();
            Folder.Dispose();
            Logs.Dispose();
        }
    }
}
