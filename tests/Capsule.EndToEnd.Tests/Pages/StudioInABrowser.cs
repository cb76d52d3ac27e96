using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.EndToEnd.Tests.Running;
using Capsule.EndToEnd.Tests.Sdk;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Pages;

/// <summary>The sample of three workloads on the workload SDK: built, tested and run by the .NET CLI, used by a person with a browser.</summary>
[TestClass]
public class StudioInABrowser
{
    private const string Listening = "listening on ";

    [TestMethod]
    [TestCategory("needs-network")]
    public async Task BuildsTestsRunsAnswersAndStops()
    {
        using var kit = await Scenario.StudioAsync();
        (await kit.Build()).Succeeds();
        var home = ("CAPSULE_HOME", Home.WithToolchains());
        var tested = await kit.Dotnet([home], "test", "--no-build");
        Assert.AreEqual(0, tested.Command.ExitCode, tested.Command.All);

        kit.Write("mine/evening.txt", "The sun sets. It is late.\n");
        kit.Write("mine/more/hidden.txt", "Nobody lists this.\n");
        using var run = new LiveProgram(
            "env", ["--default-signal=INT", "dotnet", "run", "--no-build", $"-p:CapsuleMounts=notes={kit["mine"]}"], kit.Folder, kit.Environment(home).Where(v => v.Value is not null).ToDictionary());
        await run.UntilPrintedAsync(Listening);
        StringAssert.Contains(run.All, "studio/prepare: nothing has changed since the last time", "the preparation of the tests serves the run");
        var said = run.All[(run.All.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..];
        var address = new Uri(said.Split('\n')[0].Trim());

        await using (var browser = await Browser.OpenAsync(address.ToString()))
        {
            Assert.AreEqual("Studio Kit", (string?)await browser.EvaluateAsync("document.title"));
            await browser.WaitForAsync("[...document.querySelectorAll('li')].map(l => l.textContent).join() === 'evening.txt'");
            await browser.WaitForAsync("/^Pulse: beat [1-9]/.test(document.querySelector('#pulse').textContent)");
            await browser.EvaluateAsync("document.querySelector('li button').click()");
            await browser.WaitForAsync("document.querySelector('output').textContent === '2 sentences, beginning with: The sun sets.'");
            StringAssert.StartsWith((string?)await browser.EvaluateAsync("fetch('api/beat').then(r => r.json()).then(b => b.beat)"), "beat ");
            Assert.AreEqual("there is no note '../capability.yml'", (string?)await browser.EvaluateAsync("fetch('api/ask?note=..%2Fcapability.yml').then(r => r.json()).then(b => b.error)"));
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
        using var asked = await http.PostAsync(new Uri(address, "/v1/chat/completions"), new StringContent("""{"model":"m","messages":[{"role":"user","content":"One. Two."}]}"""));
        var completion = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!;
        Assert.AreEqual("2 sentences, beginning with: One.", (string?)completion["choices"]![0]!["message"]!["content"]);

        run.Signal(LiveProgram.Terminate);
        await run.EndAsync();
        StringAssert.Contains(run.All, "stopping: signal", "the hook of the SDK has run");
        Assert.IsFalse(Directory.Exists(kit["workloads", "studio", "node_modules"]), "the project stays as it was");

        // The same without the SDK, by the runner itself.
        var runner = new Dictionary<string, string?>(kit.Environment(home)) { ["CAPSULE_ERRORS"] = "text" };
        var started = await Command.RunAsync("dotnet", [CapsuleProgram.Program, "run", kit.Folder, "--detach", "--port", "0", "--mount", $"notes={kit["mine"]}"], kit.Folder, runner, TimeSpan.FromMinutes(3));
        Assert.AreEqual(0, started.ExitCode, started.All);
        var (id, at) = (started.Output.Split(' ')[0], new Uri(started.Output.Split(' ')[1].Trim()));
        StringAssert.Contains(await http.GetStringAsync(new Uri(at, "/api/notes")), "evening.txt");
        var stopped = await Command.RunAsync("dotnet", [CapsuleProgram.Program, "stop", id], kit.Folder, runner);
        Assert.AreEqual(0, stopped.ExitCode, stopped.All);
    }
}
