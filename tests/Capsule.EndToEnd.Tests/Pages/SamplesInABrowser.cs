using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Pages;

/// <summary>The samples' pages, served by <c>capsule run</c>, as a person with a browser meets them.</summary>
[TestClass]
public sealed class SamplesInABrowser : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task TheKitsFormsAnswer()
    {
        var (run, address) = await StartAsync("hello-kit");
        try
        {
            await using var browser = await Browser.OpenAsync(address);
            Assert.AreEqual("Hello Kit", (string?)await browser.EvaluateAsync("document.title"));
            await NothingIsMissingAsync(browser);

            await browser.EvaluateAsync("document.querySelector('input[name=name]').value = 'Grace'; document.querySelectorAll('button').forEach(b => b.click())");

            await browser.WaitForAsync("[...document.querySelectorAll('output')].every(o => o.value.length > 1)");
            Assert.AreEqual("Hello, Grace!", (string?)await browser.EvaluateAsync("document.querySelectorAll('output')[0].value"));
            StringAssert.StartsWith((string?)await browser.EvaluateAsync("document.querySelectorAll('output')[1].value"), "9 words, ");
        }
        finally
        {
            await _capsule.RunAsync("stop", run);
        }
    }

    [TestMethod]
    public async Task TheSitesLinksLead()
    {
        var (run, address) = await StartAsync("static-site");
        try
        {
            await using var browser = await Browser.OpenAsync(address);
            Assert.AreEqual("A site in a capsule", (string?)await browser.EvaluateAsync("document.title"));
            await NothingIsMissingAsync(browser);

            await browser.EvaluateAsync("document.querySelector('a').click()");

            await browser.WaitForAsync("document.title === 'What is in the capsule' && document.readyState === 'complete'");
            await NothingIsMissingAsync(browser);
        }
        finally
        {
            await _capsule.RunAsync("stop", run);
        }
    }

    /// <summary>The style sheet applies, and everything that the page loads comes from its own address.</summary>
    private static async Task NothingIsMissingAsync(Browser browser)
    {
        await browser.WaitForAsync("document.styleSheets.length === 1 && document.styleSheets[0].cssRules.length > 0");
        Assert.AreEqual("", (string?)await browser.EvaluateAsync(
            "performance.getEntriesByType('resource').filter(r => !r.name.startsWith(location.origin) && !r.name.startsWith('data:') || r.responseStatus >= 400).map(r => r.name).join(' ')"));
    }

    private async Task<(string Run, string Address)> StartAsync(string sample)
    {
        var started = await _capsule.RunAsync(TimeSpan.FromMinutes(5), "run", Checkout.File("samples", sample), "--detach", "--port", "0");
        Assert.AreEqual(0, started.ExitCode, started.All);
        var parts = started.Output.Trim().Split(' ');
        return (parts[0], parts[1]);
    }
}
