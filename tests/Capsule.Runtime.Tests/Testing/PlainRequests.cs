using Capsule.Runtime.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Capsule.Runtime.Tests.Testing;

[TestClass]
public sealed class PlainRequests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task AreAnsweredWithStatusAndBody(bool inside)
    {
        await using var server = await TestedServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 201;
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await context.Response.WriteAsJsonAsync(new { method = context.Request.Method, url = context.Request.GetEncodedPathAndQuery(), type = context.Request.ContentType, body });
        });
        var one = Cases.Http("/api", "/words?n=1", "PUT", """{"a":1}""",
            "$.status_code.eq(201)", "$.body.method.eq(PUT)", "$.body.url.eq(/api/words?n=1)", "$.body.body.eq(\"{\\\"a\\\":1}\")", "$.body.type.contains(application/json)");

        var result = await (inside ? one.Inside() : one).RunAsync(server);

        result.Passes();
        Assert.AreEqual("PUT /api/words?n=1 201", result.Access!.ToString());
    }

    [TestMethod]
    [DataRow("/http", "/", "/http")]
    [DataRow("/http", "/?q=1", "/http?q=1")]
    [DataRow("/", "/", "/")]
    [DataRow("/", "/a/b", "/a/b")]
    [DataRow("/", "/grüße", "/gr%C3%BC%C3%9Fe")]
    public async Task GoBelowTheirEndpoint(string endpoint, string path, string expected)
    {
        await using var server = await TestedServer.StartAsync(context => context.Response.WriteAsync(context.Request.GetEncodedPathAndQuery()));
        (await Cases.Http(endpoint, path, "GET", null, $"$.body.eq(\"{expected}\")").RunAsync(server)).Passes();
    }

    [TestMethod]
    [DataRow("", "$.body.eq(null)")]
    [DataRow("not json", "$.body.eq(not json)")]
    [DataRow("{\"a\":1,\"a\":2}", "$.body.contains(\"a\")")]
    [DataRow("[1,{\"b\":null}]", "$.body[1].b.exists()")]
    public async Task TakeAnyBodyWhateverTypeItClaims(string body, string validation)
    {
        await using var server = await TestedServer.StartAsync(TestedServer.Text("text/html", body));
        (await Cases.Get(validation).RunAsync(server)).Passes();
    }

    [TestMethod]
    public async Task TakeAServerErrorAndARedirectAsAnswers()
    {
        await using var broken = await TestedServer.StartAsync(TestedServer.Text("application/json", """{"error":"boom"}""", 500));
        (await Cases.Get("$.status_code.eq(500)", "$.body.error.eq(boom)").RunAsync(broken)).Passes();

        await using var elsewhere = await TestedServer.StartAsync(context =>
        {
            context.Response.Redirect("http://example.com/");
            return Task.CompletedTask;
        });
        (await Cases.Get("$.status_code.eq(302)").RunAsync(elsewhere)).Passes();
    }

    [TestMethod]
    public async Task NameEachExpectationThatDoesNotHold()
    {
        await using var server = await TestedServer.StartAsync(TestedServer.Text("application/json", """{"words":9}"""));
        var result = await Cases.Get("$.body.words.eq(8)", "$.status_code.eq(200)", "$.body.letters.exists()").RunAsync(server);

        Assert.AreEqual(TestOutcome.Failed, result.Outcome);
        var (first, second) = (result.Diagnostics[0], result.Diagnostics[1]);
        Assert.HasCount(2, result.Diagnostics);
        Assert.AreEqual("CAP6000", first.Code);
        Assert.AreEqual(Cases.At(10), first.Span);
        Assert.AreEqual("$.body.words.eq(8) does not hold: expected 8 but was 9 at $.body.words.", first.Message);
        Assert.AreEqual(Cases.At(12), second.Span);
        StringAssert.Contains(second.Message, "$.body.letters does not exist; $.body is an object with words");
    }

    [TestMethod]
    public async Task ShowTheValuesThatAreAskedFor()
    {
        await using var server = await TestedServer.StartAsync(TestedServer.Text("application/json", """{"words":["ä"],"none":null}"""));
        var shown = await (Cases.Get() with { Verbose = ["$.body.words", "$.body.none"] }).RunAsync(server);
        shown.Passes();
        CollectionAssert.AreEqual(new[] { "$.body.words = [\"ä\"]", "$.body.none = null" }, shown.Verbose.Select(v => v.ToString()).ToArray());

        var missing = await (Cases.Get() with { Verbose = ["$.body.words[1]"] }).RunAsync(server);
        StringAssert.Contains(missing.Fails("CAP6001").Message, "$.body.words[1]");
    }

    [TestMethod]
    public async Task EndAtTheirTimeLimit()
    {
        await using var server = await TestedServer.StartAsync(TestedServer.Hang);
        var result = await Cases.Get().RunAsync(server, seconds: 0.5);
        StringAssert.Contains(result.Fails("CAP6002").Message, "0.5 s");
        Assert.AreEqual("GET / no answer", result.Access!.ToString());
        await server.ClientLeft.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TestMethod]
    public async Task EndAtTheirTimeLimitInTheMiddleOfABody()
    {
        await using var server = await TestedServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{");
            await TestedServer.Hang(context);
        });
        (await Cases.Get().RunAsync(server, seconds: 0.5)).Fails("CAP6002");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task FailWhenTheConnectionBreaks(bool halfway)
    {
        await using var server = await TestedServer.StartAsync(async context =>
        {
            if (halfway)
            {
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
            }

            await TestedServer.Reset(context);
        });
        var problem = (await Cases.Get().RunAsync(server)).Fails("CAP6003");
        StringAssert.StartsWith(problem.Message, "GET / got no answer: ");
    }

    [TestMethod]
    public async Task FailWhenNobodyListens()
    {
        var server = await TestedServer.StartAsync(TestedServer.Hang);
        await server.DisposeAsync();
        (await Cases.Get().Inside().RunAsync(server)).Fails("CAP6003");
    }

    [TestMethod]
    public async Task ReadNoMoreThanTheLimit()
    {
        await using var endless = await TestedServer.StartAsync(TestedServer.Endless("application/json"));
        var problem = (await Cases.Get().RunAsync(endless)).Fails("CAP6004");
        StringAssert.Contains(problem.Message, "larger than 1 MiB");

        await using var exact = await TestedServer.StartAsync(TestedServer.Text("text/plain", new string('x', 1 << 20)));
        (await Cases.Get("$.body.lenEq(1048576)").RunAsync(exact)).Passes();
    }

    [TestMethod]
    public async Task LeaveNothingBehindWhenCancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await TestedServer.StartAsync(async context =>
        {
            await stop.CancelAsync();
            await TestedServer.Hang(context);
        });
        await Assert.ThrowsAsync<OperationCanceledException>(() => Cases.Get().RunAsync(server, cancel: stop.Token));
        await server.ClientLeft.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
