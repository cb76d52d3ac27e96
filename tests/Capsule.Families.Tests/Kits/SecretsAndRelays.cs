using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;

namespace Capsule.Families.Tests.Kits;

/// <summary>What a Kit's secrets and Relays become in its plan (specs: kits 1.7, 1.9).</summary>
[TestClass]
public class SecretsAndRelays
{
    private const string Manifest = """
        version: '1'
        name: exits
        workloads:
          app:
            endpoints: [http]
            connections: [llm, mixed]
            exposed_secrets: [token]
            runtime: {source: {toolchain: bun, hydrate: {command: h}, start: {command: a}}}
          llm:
            runtime:
              attachments:
                relays:
                  - {kind: exit_to_open_ai, endpoint: oaic, api_key_secret: openai}
                  - {kind: exit_to_anthropic, endpoint: /claude, api_key_secret: anthropic}
          mixed:
            endpoints: [mcp, {protocol: http, path: /google}]
            runtime:
              source: {toolchain: bun, start: {command: m}}
              attachments:
                relays:
                  - {kind: exit_to_google_ai_studio, endpoint: /google, api_key_secret: google}
        expose:
          - {path: /v1, target: llm, endpoints: [oaic]}
        kit_secrets:
          - {key: token, usage: of the vendor}
          - {key: session, usage: signs, source: generate, format: password}
        vault_secrets:
          - {key: openai, usage: OpenAI}
          - {key: anthropic, usage: Anthropic, format: opaque}
          - {key: google, usage: Google, source: generate}

        """;

    [TestMethod]
    public void BecomeExitsThatProcessesReachAsTheyReachEachOther()
    {
        using var scene = new KitScene(Manifest);
        var plan = scene.Compiled().Launch!;
        Assert.IsFalse(scene.Compiled().LaunchNotYet.Any(d => d.Code.StartsWith("CAP57", StringComparison.Ordinal) || d.Code.StartsWith("CAP59", StringComparison.Ordinal)));
        Assert.AreEqual(
            """
            llm/relay exit_to_open_ai /oaic oaic api.openai.com Authorization: Bearer {secret} (openai)
            llm/relay exit_to_anthropic /claude http api.anthropic.com x-api-key: {secret} (anthropic)
            mixed/relay exit_to_google_ai_studio /google http generativelanguage.googleapis.com x-goog-api-key: {secret} (google)
            """,
            string.Join('\n', plan.Relays!.Select(r => $"{r.Id} {r.Kind} {r.Endpoint} {r.Protocol} {r.Host} {r.Header}: {r.HeaderForm} ({r.Secret})")));
        Assert.IsTrue(plan.Relays!.All(r => r.PathHeader == "x-capakit-external-llm-upstream-path" && r.DropHeaders.Contains("authorization") && r.DropQuery.Contains("key") && r.Permission!.Origin.Range is not null));

        CollectionAssert.AreEqual(new[] { "app", "mixed" }, plan.Cells.Select(c => c.Id).ToArray(), "a workload of Relays alone has no cell");
        var app = plan.Cells[0].Processes.Single(p => p.Stage is ProcessStage.Start);
        Assert.AreEqual(
            """
            llm/relay /oaic oaic /run/capsule/peers/llm.relay.sock
            llm/relay /claude http /run/capsule/peers/llm.relay.sock
            mixed/start /mcp mcp /run/capsule/peers/mixed.sock
            mixed/relay /google http /run/capsule/peers/mixed.relay.sock
            """,
            string.Join('\n', app.Peers.Select(p => $"{p.Process} {p.Endpoint} {p.Protocol} {p.Via}")));
        Assert.AreEqual("mixed/start", string.Join(' ', app.DependsOn));
        StringAssert.Contains(app.Env["CAPAKIT_CONNECTED_WORKLOADS"], """{"workloadMid":"mixed","workloadKey":"mixed","endpoint":"/google","protocol":"http","bind":"unix:/run/capsule/peers/mixed.relay.sock"}""");
        Assert.AreEqual("hydrate token, start token", string.Join(", ", plan.Cells[0].Processes.Select(p => $"{p.Stage.ToString().ToLowerInvariant()} {string.Join(' ', p.Secrets.Select(s => s.Id))}")));
        Assert.AreEqual(("llm/relay", "/oaic"), (plan.Public.Single().Process, plan.Public.Single().Path));
    }

    [TestMethod]
    public void AreDeclaredUsedAndAskedFor()
    {
        using var scene = new KitScene(Manifest);
        var plan = scene.Compiled().Launch!;
        Assert.AreEqual(
            "token Package False False, session Package True True, openai Vault False True, anthropic Vault False True, google Vault True True",
            string.Join(", ", plan.Secrets!.Select(s => $"{s.Id} {s.Keeping} {s.Generate} {s.Line}")));
        Assert.AreEqual("anthropic google openai token", string.Join(' ', UsedSecrets.Of(plan).Select(s => s.Id)), "what nobody uses needs no value");
        Assert.AreEqual("app", string.Join(' ', UsedSecrets.By(plan, "token")));
        Assert.AreEqual("llm/relay", string.Join(' ', UsedSecrets.By(plan, "anthropic")));
        var asked = PermissionSummary.Of(plan);
        var exit = asked.Single(p => p.Text == "llm/relay sends requests to api.openai.com with the secret 'openai', which no process sees");
        Assert.AreEqual(("/workloads/llm/runtime/attachments/relays/0/kind", 13), (exit.Origin!.Pointer, exit.Origin.Range!.Line));
        Assert.IsTrue(asked.Any(p => p.Text == "every program of this machine may call api.openai.com with the secret 'openai', at /v1"));
        Assert.IsTrue(asked.Any(p => p.Text == "app/hydrate is given the secret 'token'"));

        var fewer = plan with { Relays = [.. plan.Relays!.Skip(1)] };
        var private_ = plan with { Public = [] };
        var none = new Grants();
        var given = new Grants { Secrets = UsedSecrets.Given(plan) };
        Assert.HasCount(3, new[] { plan, fewer, private_ }.Select(PlanHash.OfPermissions).Distinct().ToArray());
        Assert.AreNotEqual(PlanHash.OfGrants(none), PlanHash.OfGrants(given));
        Assert.AreNotEqual(PlanHash.OfConsent(plan, none), PlanHash.OfConsent(plan, given));
        Assert.AreEqual(
            "the secret 'anthropic' is that of your vault; the secret 'google' is that of your vault; the secret 'openai' is that of your vault; the secret 'token' is given to it",
            string.Join("; ", GrantSummary.Of(given)));
        var text = PlanJson.Write(plan);
        Assert.AreEqual(text, PlanJson.Write(PlanJson.Read<LaunchPlan>(text)));
    }

    [TestMethod]
    public void EndpointsThatNobodyAnswersAreFound()
    {
        using var scene = new KitScene(Manifest.Replace("  llm:\n", "  llm:\n    endpoints: [http]\n", StringComparison.Ordinal));
        Assert.AreEqual(
            "capability.yml(10,17): error CAP5720: Nothing answers the endpoint '/http' of workload 'llm': it has no code, and its Relays are at /oaic, /claude.",
            KitScene.Said(scene.Compiled().LaunchNotYet.Where(d => d.Code == "CAP5720")));
        using var twice = new KitScene(Manifest.Replace("endpoint: /claude", "endpoint: /oaic", StringComparison.Ordinal));
        Assert.AreEqual("capability.yml(14,49): error CAP0232: Workload 'llm' has two endpoints at '/oaic'.", KitScene.Said(twice.Compile().Diagnostics.Where(d => d.IsError)));
    }
}
