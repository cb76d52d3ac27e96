using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Running;
using Capsule.Operations.Secrets;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Supervision;
using Capsule.Trust.Keys;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>A workload asks for secrets over its bridge and gets those that it exposes (specs: kits 3.8).</summary>
[TestClass]
public class GivingSecrets
{
    private const string Value = "s3cret \"value\"/ü";

    /// <summary>Asks as the SDKs do, in both dialects and with both names of the media type.</summary>
    private const string Program = """
        const unix = (name: string) => process.env[name]!.slice("unix:".length);
        const ask = async (body: string, type: string, close: boolean) => {
          const response = await fetch("http://capakit.local/rpc", {
            unix: unix("CAPAKIT_WORKLOAD_BRIDGE_BIND"), method: "POST", headers: { "content-type": type, ...(close ? { connection: "close" } : {}) }, body,
          } as any);
          return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
        };
        const own = "application/x-capakit-workload-bridge-jsonl", older = "application/x-capakit-runner-bridge-jsonl";
        Bun.serve({
          unix: unix("CAPAKIT_WORKLOAD_INGRESS_BIND"),
          async fetch(request: Request) {
            const id = new URL(request.url).searchParams.get("id");
            const line = (params: unknown) => `${JSON.stringify({ id: "7", op: "resolve_secret", params })}\n`;
            return Response.json([
              await ask(line({ secret_mid: id }), own, true), await ask(line({ secret_key: id }), own + "; charset=utf-8", false), await ask(line({ secret_mid: id }), older, false),
            ]);
          },
        });
        """;

    [TestMethod]
    public async Task AnExposedSecretIsGivenInEveryDialectAndNoOther()
    {
        await using var scene = Scene();
        Keep(scene, "api_key", Value);
        Keep(scene, "other", "never-given");
        var run = await scene.StartAsync();
        foreach (var answer in await AskAsync(scene, run, "api_key"))
        {
            Assert.AreEqual(200, (int)answer!["status"]!);
            var text = (string)answer["text"]!;
            Assert.IsTrue(text.EndsWith("}\n", StringComparison.Ordinal) && text.Count(c => c == '\n') == 1, text);
            var frame = JsonNode.Parse(text)!;
            Assert.AreEqual("""{"value":"s3cret \u0022value\u0022/\u00FC"}""", frame["ok"]!.ToJsonString());
            Assert.AreEqual(("7", Value), ((string?)frame["id"], (string?)frame["ok"]!["value"]));
        }

        foreach (var id in new[] { "other", "unknown", "vaulted", "../api_key", "\u001b[2J", "" })
        {
            foreach (var answer in await AskAsync(scene, run, id))
            {
                var error = JsonNode.Parse((string)answer!["text"]!)!["error"]!;
                StringAssert.Contains((string?)error["message"], id.Length > 0 ? "CAP5710" : "CAP5421", id);
                Assert.IsFalse(((string)error["message"]!).Contains("never-given", StringComparison.Ordinal));
            }
        }

        Assert.AreEqual(1, scene.Log.Count(l => l.Text.Contains("may not have the secret 'other'", StringComparison.Ordinal)), "each is said once:\n" + scene.LogText);
        Assert.IsTrue(scene.Log.All(l => !l.Text.Contains('\u001b')), scene.LogText);
        var record = await File.ReadAllTextAsync(Path.Combine(scene.Home.Runs, run.Id, "record.json"));
        Assert.AreEqual("""{"api_key":"package","session":"package"}""", JsonNode.Parse(record)!["grants"]!["secrets"]!.ToJsonString(), "ids, never values");
        Assert.IsFalse(record.Contains("s3cret", StringComparison.Ordinal));
        StringAssert.Contains(scene.LogText, "the secret 'api_key' is given to it");
    }

    [TestMethod]
    public async Task WhatIsMissingIsNamedWithTheCommandThatSetsIt()
    {
        await using var scene = Scene();
        var refused = await scene.TryStartAsync();
        var problem = refused.Diagnostics.Single(d => d.IsError);
        Assert.AreEqual(("CAP5711", ExitCode.MissingInput), (problem.Code, refused.Exit));
        Assert.AreEqual("The secret 'api_key' is needed and not set: the key of the vendor.", problem.Message);
        StringAssert.Contains(problem.Hint, $"capsule kit secrets set api_key --kit {scene.Project.Path}'");
        Assert.IsEmpty(RunList.All(scene.Home), "nothing was begun");

        Assert.AreEqual("CAP5712", (await scene.TryStartAsync(Given(("other", "x"), ("api_key", Value)))).Diagnostics.Single(d => d.IsError).Code);
        Assert.AreEqual("CAP5707", (await scene.TryStartAsync(Given(("session", "two\nlines"), ("api_key", Value)))).Diagnostics.Single(d => d.IsError).Code);
        Assert.AreEqual("CAP5711", (await scene.TryStartAsync(r => r with { Secrets = new GivenSecrets { Ask = _ => null } })).Diagnostics.Single(d => d.IsError).Code);
    }

    [TestMethod]
    public async Task OneForThisRunWinsAndWhatIsMadeOrTypedIsKept()
    {
        await using var scene = Scene();
        Keep(scene, "api_key", "kept");
        var run = await scene.StartAsync(Given(("api_key", "given")));
        Assert.AreEqual("given", await ValueAsync(scene, run, "api_key"));
        var made = await ValueAsync(scene, run, "session");
        Assert.AreEqual(40, made.Length);
        await run.StopAsync();

        Assert.IsNull(SecretStore.In(scene.Home).Remove(SecretPlaces.Of(scene.Compile().Package, scene.Project.Path, false), "api_key"));
        var asked = new List<string>();
        run = await scene.StartAsync(r => r with { Secrets = new GivenSecrets { Ask = s => { asked.Add($"{s.Id}: {s.Usage}"); return Secret.FromText("typed"); } } });
        Assert.AreEqual(("typed", made), (await ValueAsync(scene, run, "api_key"), await ValueAsync(scene, run, "session")));
        Assert.AreEqual("api_key: the key of the vendor", string.Join('\n', asked), "what can be made is not asked for");
        await run.StopAsync();
        run = await scene.StartAsync();
        Assert.AreEqual("typed", await ValueAsync(scene, run, "api_key"));
    }

    [TestMethod]
    public async Task WhatAWorkloadPrintsOfThemIsMaskedEverywhere()
    {
        await using var scene = Scene();
        scene.Project.Write("workloads/hello/index.ts", Program + """

            const value = JSON.parse((await ask('{"id":"1","op":"resolve_secret","params":{"secret_mid":"api_key"}}\n', own, false)).text).ok.value;
            console.log(`plain ${value} end`);
            process.stdout.write(`cut ${value.slice(0, 5)}`); await Bun.sleep(100); process.stdout.write(`${value.slice(5)} end\n`);
            console.log(JSON.stringify({ v: 1, ev: { level: "Info", msg: `structured ${value}`, time: Date.now(), component: null, fields: { value }, err: null }, ctx: {} }));
            console.error(`basic ${Buffer.from(`user:${value}`).toString("base64")} url ${encodeURIComponent(value)}`);
            await fetch("http://capakit.local/rpc", { unix: unix("CAPAKIT_WORKLOAD_BRIDGE_BIND"), method: "POST", headers: { "content-type": own }, body: JSON.stringify({ id: "2", op: "resolve_secret", params: { secret_mid: value } }) + "\n" } as any);
            console.log("printed all");
            """);
        var run = await scene.StartAsync(Given(("api_key", Value + "\nsecond-line-of-it")));
        await scene.UntilLoggedAsync("printed all");
        StringAssert.Contains(scene.LogText, "plain *** end");
        StringAssert.Contains(scene.LogText, "cut *** end");
        StringAssert.Contains(scene.LogText, """structured *** {"value":"***"}""");
        StringAssert.Contains(scene.LogText, "url ***");
        await run.StopAsync();
        foreach (var file in Directory.GetFiles(scene.Home.Logs, "*", SearchOption.AllDirectories).Concat(Directory.GetFiles(scene.Home.Runs, "*", SearchOption.AllDirectories)))
        {
            var text = await File.ReadAllTextAsync(file);
            Assert.IsFalse(text.Contains("s3cret", StringComparison.Ordinal) || text.Contains("second-line", StringComparison.Ordinal) || text.Contains("czNjcmV0", StringComparison.Ordinal) || text.Contains("cXIgczN", StringComparison.Ordinal), $"{file}\n{text}");
        }

        Assert.IsFalse(scene.LogText.Contains("s3cret", StringComparison.Ordinal), scene.LogText);
    }

    private static Func<PackageRunRequest, PackageRunRequest> Given(params (string Id, string Value)[] values) =>
        request => request with { Secrets = new GivenSecrets { Values = values.ToDictionary(v => v.Id, v => Secret.FromText(v.Value)) } };

    private static void Keep(RunScene scene, string id, string value) =>
        Assert.IsNull(SecretStore.In(scene.Home).Set(SecretPlaces.Of(scene.Compile().Package, scene.Project.Path, installed: false), id, Secret.FromText(value)));

    private static async Task<JsonArray> AskAsync(RunScene scene, RunningPackage run, string id) =>
        JsonNode.Parse(await scene.Http.GetStringAsync(new Uri(run.Address!, "/?id=" + Uri.EscapeDataString(id))))!.AsArray();

    private static async Task<string> ValueAsync(RunScene scene, RunningPackage run, string id) =>
        (string)JsonNode.Parse((string)(await AskAsync(scene, run, id))[0]!["text"]!)!["ok"]!["value"]!;

    private static RunScene Scene()
    {
        var scene = RunScene.Kit(Program);
        scene.Project.Write("capability.yml", File.ReadAllText(scene.Project["capability.yml"]).Replace("    endpoints: [http, mcp]", "    endpoints: [http, mcp]\n    exposed_secrets: [api_key, session]", StringComparison.Ordinal) + """

            kit_secrets:
              - {key: api_key, usage: the key of the vendor}
              - {key: session, usage: signs sessions, source: generate, format: password}
              - {key: other, usage: somebody else's}
            vault_secrets:
              - {key: vaulted, usage: for no workload}

            """);
        return scene;
    }
}
