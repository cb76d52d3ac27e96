using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Planning;
using Capsule.Runtime.Relays;
using Microsoft.AspNetCore.Http;
using static Capsule.Runtime.Tests.Relays.ExitScene;

namespace Capsule.Runtime.Tests.Relays;

/// <summary>An exit carries calls to one host with the real key, and nothing of a caller's leads elsewhere (specs: kits 1.9).</summary>
[TestClass]
public class CallingAProvider
{
    [TestMethod]
    public async Task TheProviderSeesTheRealKeyAndNothingThatTheCallerSentInItsPlace()
    {
        await using var scene = await StartAsync(EchoAsync);
        using var caller = scene.Caller();
        var seen = await CallAsync(caller, "/oaic/v1/ignored", "POST", "{\"a\":1}",
            ("x-capakit-external-llm-upstream-path", "/v1/chat/completions?stream=true&key=theirs&Key=more&n=%2F"), ("Authorization", "Bearer capakit-local"), ("Cookie", "a=b"), ("X-Api-Key", "k"),
            ("Proxy-Authorization", "Basic x"), ("X-Forwarded-For", "1.2.3.4"), ("Connection", "X-Hop, Authorization"), ("X-Hop", "1"), ("X-Kept", "yes"), ("OpenAI-Beta", "v2"));
        Assert.AreEqual(("POST", "/v1/chat/completions?stream=true&n=%2F", "{\"a\":1}"), ((string?)seen["method"], (string?)seen["target"], (string?)seen["body"]));
        var headers = seen["headers"]!.AsObject();
        Assert.AreEqual(($"Bearer {Key}", $"api.openai.com:{scene.Port}", "yes", "v2"), ((string?)headers["authorization"], (string?)headers["host"], (string?)headers["x-kept"], (string?)headers["openai-beta"]));
        CollectionAssert.IsSubsetOf(headers.Select(h => h.Key).ToArray(), new[] { "authorization", "host", "x-kept", "openai-beta", "content-type", "content-length", "transfer-encoding" }, headers.ToJsonString());

        Assert.AreEqual("/v1/models?x=1", (string?)(await CallAsync(caller, "/oaic/v1/models?x=1&key=theirs", "GET", null))["target"], "without the header, what lies below the endpoint");
        Assert.AreEqual("/", (string?)(await CallAsync(caller, "/oaic", "GET", null))["target"]);
        var other = await CallAsync(caller, "/claude/v1/messages", "POST", "{}", ("x-api-key", "capakit-local"), ("Authorization", "Bearer x"));
        Assert.AreEqual(("other-" + Key, null), ((string?)other["headers"]!["x-api-key"], (string?)other["headers"]!["authorization"]));
        Assert.IsTrue(scene.Log.Any(l => l.Process == "llm/relay" && l.Text.StartsWith("exit_to_open_ai: POST /oaic/v1/ignored: 200, ", StringComparison.Ordinal)));
        Assert.IsFalse(scene.Log.Any(l => l.Text.Contains(Key, StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task WhateverWouldLeadElsewhereIsRefused()
    {
        var reached = 0;
        await using var scene = await StartAsync(context =>
        {
            Interlocked.Increment(ref reached);
            context.Response.StatusCode = int.Parse(context.Request.Query["status"]!, System.Globalization.CultureInfo.InvariantCulture);
            context.Response.Headers.Location = "https://evil.example/";
            context.Response.Headers.SetCookie = "session=1";
            return Task.CompletedTask;
        });
        using var caller = scene.Caller();
        foreach (var path in new[]
        {
            "", "v1", "//evil.example/v1", "https://evil.example/v1", "@evil.example/", "/\\evil.example", "/v1/../admin", "/..", "/v1/%2e%2E/admin", "/v1/..%2fadmin", "/v1/%2e%2e%5cadmin", "/./x", "/v1#x", "/v 1", "/" + new string('a', 20_000),
        })
        {
            await RefusedAsync(caller, 400, "CAP5726", "/oaic/v1", "GET", ("x-capakit-external-llm-upstream-path", path));
        }

        await RefusedAsync(caller, 400, "CAP5726", "/oaic/v1", "GET", ("x-capakit-external-llm-upstream-path", "/a"), ("x-capakit-external-llm-upstream-path", "/b"));
        await RefusedAsync(caller, 400, "CAP5726", "/oaic/..%2fadmin", "GET");
        await RefusedAsync(caller, 405, "CAP5727", "/oaic/v1", "TRACE");
        await RefusedAsync(caller, 404, "CAP5725", "/v1/models", "GET");
        await RefusedAsync(caller, 404, "CAP5725", "/oaicx", "GET");
        Assert.AreEqual(0, reached);

        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            await RefusedAsync(caller, 502, "CAP5724", $"/oaic/v1?status={status}", "POST");
        }

        using var plain = await caller.GetAsync(new Uri("/oaic/v1?status=401", UriKind.Relative));
        Assert.AreEqual(HttpStatusCode.Unauthorized, plain.StatusCode, "a key that was revoked is the provider's to judge");
        Assert.IsFalse(plain.Headers.Contains("Set-Cookie"));
    }

    [TestMethod]
    public async Task AnswersStreamBothWaysAndEndWhenTheProviderDies()
    {
        var (got, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var scene = await StartAsync(async context =>
        {
            var bytes = new byte[6];
            await context.Request.Body.ReadExactlyAsync(bytes);
            got.SetResult();
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync($"data: {Encoding.ASCII.GetString(bytes)}\n\n");
            await context.Response.Body.FlushAsync();
            await go.Task;
            context.Abort();
        });
        using var caller = scene.Caller();
        var upload = new System.IO.Pipelines.Pipe();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oaic/v1/x") { Content = new StreamContent(upload.Reader.AsStream()) };
        var sending = caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        // More than any buffer on the way keeps.
        var uploading = upload.Writer.WriteAsync(Encoding.ASCII.GetBytes("second" + new string('x', 1 << 20))).AsTask();
        await got.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await uploading;
        await upload.Writer.CompleteAsync();
        using var response = await sending;
        var answer = await response.Content.ReadAsStreamAsync();
        var first = new byte[14];
        await answer.ReadExactlyAsync(first);
        Assert.AreEqual("data: second\n\n", Encoding.ASCII.GetString(first), "before the answer has ended");
        go.SetResult();
        await Assert.ThrowsAsync<IOException>(async () => await answer.ReadExactlyAsync(new byte[1]));
    }

    [TestMethod]
    public async Task AProviderThatIsSlowAbsentOrNotItselfIsToldAsJson()
    {
        var end = new TaskCompletionSource();
        await using (var slow = await StartAsync(_ => end.Task, (a, s) => s.Trusting(a) with { Silence = TimeSpan.FromMilliseconds(300) }))
        {
            using var caller = slow.Caller();
            await RefusedAsync(caller, 504, "CAP5723", "/oaic/v1", "GET");
            end.SetResult();
        }

        await using (var untrusted = await StartAsync(EchoAsync, (a, s) => s.Trusting(a) with { Certificates = null }))
        {
            using var caller = untrusted.Caller();
            await RefusedAsync(caller, 502, "CAP5722", "/oaic/v1", "GET");
        }

        await using (var absent = await StartAsync(EchoAsync, (a, s) => s.Trusting(a) with { Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound) }))
        {
            using var caller = absent.Caller();
            await RefusedAsync(caller, 502, "CAP5722", "/oaic/v1", "GET");
        }

        await using var rebound = await StartAsync(EchoAsync, (a, s) => s.Trusting(a) with { Refusal = a.Refusal, Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34"), IPAddress.Loopback]) });
        using var last = rebound.Caller();
        StringAssert.Contains(await RefusedAsync(last, 502, "CAP5722", "/oaic/v1", "GET"), "its address is loopback");
    }

    [TestMethod]
    public async Task OnlyTheUsersSettingsLeadToAnotherAddress()
    {
        var own = RelayAddress.Of(OpenAi, null);
        Assert.AreEqual(new Uri("https://api.openai.com/"), own.Base);
        Assert.AreEqual("private", own.Refusal(IPAddress.Parse("10.0.0.1")));
        var gateway = RelayAddress.Of(OpenAi, new Uri("https://llm.example.com/openai"));
        Assert.IsNull(gateway.Refusal(IPAddress.Parse("10.0.0.1")));
        Assert.IsNotNull(gateway.Refusal(IPAddress.Parse("169.254.169.254")));
        Assert.IsNotNull(gateway.Refusal(IPAddress.Loopback), "a name that leads to loopback is not what the settings say");
        var local = RelayAddress.Of(OpenAi, new Uri("http://127.0.0.1:8080"));
        Assert.IsNull(local.Refusal(IPAddress.Loopback));
        Assert.IsNotNull(local.Refusal(IPAddress.Parse("93.184.216.34")));
        await Assert.ThrowsAsync<HttpRequestException>(async () => await own.DialAsync(new DnsEndPoint("evil.example", 443), default));
        await Assert.ThrowsAsync<HttpRequestException>(async () => await own.DialAsync(new DnsEndPoint("api.openai.com", 80), default));
        Assert.AreEqual("carrier-grade NAT", AddressPolicy.Refusal(IPAddress.Parse("100.64.0.1")));
    }

    [TestMethod]
    public void APlanWithAnExitThatIsNoneIsRefused()
    {
        foreach (var wrong in new[]
        {
            OpenAi with { Endpoint = "oaic" }, OpenAi with { Endpoint = "/oaic/" }, OpenAi with { Host = "api.openai.com:80" }, OpenAi with { Host = "127.0.0.1" }, OpenAi with { Host = "a/b" }, OpenAi with { Header = "A: b" },
            OpenAi with { HeaderForm = "Bearer" }, OpenAi with { HeaderForm = "{secret}\r\nX: {secret}" }, OpenAi with { PathHeader = "" },
        })
        {
            Assert.AreEqual("CAP5721", PlanRules.Check(Plan(wrong)).Single().Code, wrong.ToString());
        }

        Assert.IsEmpty(PlanRules.Check(Plan(OpenAi)));
        Assert.AreEqual("CAP5721", PlanRules.Check(Plan(OpenAi) with { Relays = [OpenAi, OpenAi] }).Single().Code);
    }

    private static LaunchPlan Plan(RelayPlan relay) => new()
    {
        Package = new PackageReference(FamilyNames.Kit, null, "exits", null),
        Relays = [relay],
        Public = [new PublicRoute { Prefix = "/v1", Process = relay.Id, Listener = "ingress", Path = relay.Endpoint }],
    };

    private static async Task<JsonNode> CallAsync(HttpClient caller, string target, string method, string? body, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(caller, target, method, body, headers);
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, await response.Content.ReadAsStringAsync());
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static async Task<string> RefusedAsync(HttpClient caller, int status, string code, string target, string method, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(caller, target, method, null, headers);
        var text = await response.Content.ReadAsStringAsync();
        Assert.AreEqual((status, code), ((int)response.StatusCode, (string?)JsonNode.Parse(text)?["error"]?["code"]), $"{target} {string.Join(' ', headers)}\n{text}");
        Assert.IsFalse(text.Contains(Key, StringComparison.Ordinal));
        return text;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient caller, string target, string method, string? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("http://capakit.local" + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Content = body is null ? null : new StringContent(body),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
