using System.Net;
using System.Net.Sockets;
using System.Text;
using Capsule.Core.Plans;
using Capsule.Operations.Kits;
using Capsule.Operations.Running;
using Capsule.Runtime.Supervision;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

[TestClass]
public class BridgeFrames
{
    private const string MediaType = "application/x-capakit-workload-bridge-jsonl";

    [TestMethod]
    [DataRow("{\"id\":\"7\",\"op\":\"workload_ready\",\"params\":null}\n", "{\"id\":\"7\",\"ok\":null}\n")]
    public async Task AnswerInOneLine(string request, string reply) => Assert.AreEqual(reply, await Ask(request));

    [TestMethod]
    [DataRow("not json\n")]
    [DataRow("{\"id\":1,\"op\":\"workload_ready\"}\n")]
    [DataRow("{\"id\":\"1\"}\n")]
    [DataRow("{\"id\":\"1\",\"op\":\"a\"}\n{\"id\":\"2\",\"op\":\"b\"}\n")]
    [DataRow("[]\n")]
    [DataRow("")]
    public async Task RefuseWhatIsNoFrameWithAnAnswer(string request)
    {
        var reply = await Ask(request);
        StringAssert.Contains(reply, "CAP5421");
        StringAssert.EndsWith(reply, "}\n");
    }

    [TestMethod]
    public async Task RefuseAFrameThatIsTooLarge() =>
        StringAssert.Contains(await Ask("{\"id\":\"1\",\"op\":\"x\",\"params\":{\"a\":\"" + new string('x', BridgeFrame.Largest) + "\"}}\n"), "4 MiB");

    [TestMethod]
    public async Task KnowTheOlderNameOfTheMediaType() =>
        Assert.AreEqual("{\"id\":\"1\",\"ok\":null}\n", await Ask("{\"id\":\"1\",\"op\":\"workload_ready\",\"params\":null}\n", "application/x-capakit-runner-bridge-jsonl"));

    [TestMethod]
    public async Task APackageWithoutALaunchIsNotRun()
    {
        var package = new Capsule.Families.CompiledPackage
        {
            Package = new(FamilyNames.Atom, null, "leaf", "1"),
            Pack = new() { Package = new(FamilyNames.Atom, null, "leaf", "1"), Manifest = "atom.toml", Extension = ".atom", Entries = [] },
        };
        await using var scene = RunScene.Kit("");
        Assert.AreEqual("CAP5422", (await PackageRunner.StartAsync(scene.Request() with { Package = package }, default)).Diagnostics.Single().Code);
    }

    private static async Task<string> Ask(string body, string mediaType = MediaType)
    {
        using var folder = new TemporaryFolder();
        var process = new ProcessPlan { Id = "hello/start", Stage = ProcessStage.Start, Cwd = "/" };
        var instance = new ProcessInstance
        {
            Launch = new LaunchPlan { Package = new(FamilyNames.Kit, null, "x", null) },
            Cell = new CellPlan { Id = "hello" },
            Process = process,
            Log = (_, _) => { },
        };
        await using var bridge = await KitBridge.StartAsync(instance, folder["b.sock"], default);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(folder["b.sock"]), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("content-type", mediaType);
        using var response = await http.PostAsync("http://capakit.local/rpc", content).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.AreEqual(mediaType, response.Content.Headers.ContentType!.ToString());
        return await response.Content.ReadAsStringAsync();
    }
}
