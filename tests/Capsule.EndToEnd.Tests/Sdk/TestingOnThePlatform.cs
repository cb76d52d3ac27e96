using Capsule.EndToEnd.Tests.Running;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary><c>dotnet test</c> in Microsoft.Testing.Platform mode: the launcher of the packed SDK is the test host.</summary>
[TestClass]
public sealed class TestingOnThePlatform
{
    [TestMethod]
    public async Task BuildsRunsFiltersListsAndReports()
    {
        using var tested = await TestedKit.OnThePlatformAsync();
        var kit = tested.Kit;

        (await tested.Test("--report-trx", "--report-trx-filename", "all.trx", "--results-directory", kit["out"])).Succeeds()
            .Says("total: 3").Says("succeeded: 3").Says(kit["out", "all.trx"]);
        var all = new TrxFile(kit["out", "all.trx"]);
        Assert.AreEqual("3 total, 3 passed, 0 failed", all.Counts);

        (await tested.TestAgain("--list-tests", "--filter", "Kind=mcp|Name~words")).Succeeds()
            .Says("greets-by-name").Says("counts-words-over-http").NeverSays("passes-its-own");
        (await tested.TestAgain("--filter-uid", "passes-its-own-unit-tests", "--minimum-expected-tests", "2")).Fails().Says("total: 1").Says("exit code: 9");

        kit.Edit("capability-test.yml", "$.body.words.eq(9)", "$.body.words.eq(10)");
        var failing = await tested.TestAgain("--treenode-filter", "/hello-kit/http/*", "--report-trx", "--report-trx-filename", "failed.trx", "--results-directory", kit["out"]);
        failing.Says("failed counts-words-over-http").Says($"{kit["capability-test.yml"]}({tested.Line("eq(10)")},").Says("expected 10 but was 9").Says("total: 1");
        Assert.AreEqual(2, failing.Command.ExitCode, failing.Output);
        var failed = new TrxFile(kit["out", "failed.trx"]);
        Assert.AreEqual("1 total, 0 passed, 1 failed", failed.Counts);
        CollectionAssert.IsSubsetOf(failed.Results.Select(r => r.Replace("Failed", "Passed", StringComparison.Ordinal)).ToArray(), all.Results);
    }

    [TestMethod]
    public async Task SaysWhatIsWrongWithAFilterAKitOrAFolder()
    {
        using var tested = await TestedKit.OnThePlatformAsync();
        var kit = tested.Kit;
        (await kit.Dotnet("restore", "-v:q")).Succeeds();

        (await tested.TestAgain("--filter", "Owner=me")).Fails().Says("CAP6031");
        (await tested.TestAgain("--filter", "Name=nobody")).Fails().Says("Zero tests ran");
        (await tested.TestAgain("--filter", "Name=nobody", "-p:CapsuleFailOnZeroTests=false")).Succeeds();
        kit.Write("file", "");
        (await tested.TestAgain("--results-directory", kit["file"])).Fails().Says("CAP9101").NeverSays("   at ");
        (await tested.TestAgain("--report-trx", "--report-trx-filename", kit["file", "x.trx"])).Fails().Says("CAP6036").NeverSays("   at ");

        kit.Edit("capability.yml", "bun run src/index.ts", "echo the reason >&2; exit 4");
        (await tested.TestAgain("--filter", "Kind!=exec")).Fails()
            .Says("failed greets-by-name").Says("failed counts-words-over-http").Says("the reason").NeverSays("   at ");

        kit.Edit("capability-test.yml", "kind: exec", "kind: exce");
        var unreadable = (await tested.TestAgain()).Says($"capability-test.yml({tested.Line("kind: exce")},11): CAP0203").Says("total: 0").NeverSays("   at ");
        Assert.AreEqual(10, unreadable.Command.ExitCode, unreadable.Output);
        File.Delete(kit["capability-test.yml"]);
        (await tested.TestAgain("-p:CapsuleHasTests=true")).Fails().Says("Zero tests ran");
    }

    [TestMethod]
    public async Task RunsTheKitsOfASolution()
    {
        using var tested = await TestedKit.OnThePlatformAsync();
        tested.AddSolution();

        (await tested.Test("--solution", "All.slnx", "--list-tests")).Succeeds().Says("HelloKit.capakit").Says("More.capakit").Says("Discovered 4 tests");
        (await tested.TestAgain("--solution", "All.slnx", "--filter", "Kind=exec")).Fails().Says("total: 2").Says("succeeded: 1").Says("failed: 1");
    }

    [TestMethod]
    [DataRow(true, LiveProgram.Interrupt)]
    [DataRow(false, LiveProgram.Kill)]
    public async Task LeavesNothingWhenItIsStoppedInTheMiddleOfACase(bool group, int signal)
    {
        using var tested = await TestedKit.OnThePlatformAsync();
        (await tested.Kit.Dotnet("restore", "-v:q")).Succeeds();

        await StoppedTest.LeavesNothingAsync(tested, group, signal);
    }

    [TestMethod]
    public async Task FindsNoTestProjectWhereThereAreNoCases()
    {
        using var site = await Scenario.SiteAsync();

        (await site.Dotnet("msbuild", "-getProperty:IsTestingPlatformApplication")).Succeeds().NeverSays("true");
        (await site.Dotnet("test", "-p:CapsuleHasTests=true")).Fails().Says("Zero tests ran");
        (await site.Dotnet("test", "--no-build", "-p:CapsuleHasTests=true", "-p:CapsuleFailOnZeroTests=false")).Succeeds();
    }
}
