using Capsule.EndToEnd.Tests.Cli;
using Capsule.EndToEnd.Tests.Running;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary><c>dotnet test</c> where global.json names no runner: the target VSTest of the packed SDK, in the real sandbox.</summary>
[TestClass]
public sealed class TestingInVsTestMode
{
    [TestMethod]
    public async Task BuildsRunsFiltersListsAndReports()
    {
        using var tested = await TestedKit.InVsTestModeAsync();
        var kit = tested.Kit;

        (await tested.Test("-l", "trx;LogFileName=all.trx", "--results-directory", kit["out"])).Succeeds()
            .Says("HelloKit.capakit").Says("Passed!  - Failed:     0, Passed:     3").Says($"Results File: {kit["out", "all.trx"]}");
        var all = new TrxFile(kit["out", "all.trx"]);
        Assert.AreEqual("3 total, 3 passed, 0 failed", all.Counts);

        await SameAsByCapsuleTestAsync(kit, all);

        // The terminal logger swallows most messages.
        (await tested.TestAgain("-t", "--tl:on", "--filter", "Kind=http|Name~greets")).Succeeds()
            .Says("greets-by-name").Says("counts-words-over-http").NeverSays("passes-its-own").NeverSays("Passed:");
        (await tested.TestAgain("--filter", "(Name~words)&Kind!=exec", "--logger", "console;verbosity=detailed", "-l", "trx", "--collect", "coverage"))
            .Succeeds().Says("Passed counts-words-over-http").Says("$.body.words = 9").Says("Total:     1").Says("--collect mean nothing");
        Assert.HasCount(1, Directory.GetFiles(kit["TestResults"], "hello-kit_*.trx"));

        kit.Edit("capability-test.yml", "$.body.words.eq(9)", "$.body.words.eq(10)");
        (await tested.TestAgain("--filter", "Kind=http", "-l", "trx;LogFileName=failed.trx", "--results-directory", kit["out"])).Fails()
            .Says($"{kit["capability-test.yml"]}({tested.Line("eq(10)")},").Says("error CAP6000: counts-words-over-http: $.body.words.eq(10) does not hold: expected 10 but was 9 at $.body.words")
            .Says("Failed!  - Failed:     1, Passed:     0");
        var failed = new TrxFile(kit["out", "failed.trx"]);
        Assert.AreEqual("1 total, 0 passed, 1 failed", failed.Counts);
        StringAssert.Contains(failed.Messages, "expected 10 but was 9");
        CollectionAssert.IsSubsetOf(failed.Results.Select(r => r.Replace("Failed", "Passed", StringComparison.Ordinal)).ToArray(), all.Results);
    }

    [TestMethod]
    public async Task SaysWhatIsWrongWithAFilterAKitOrAFolder()
    {
        using var tested = await TestedKit.InVsTestModeAsync();
        var kit = tested.Kit;
        (await kit.Dotnet("restore", "-v:q")).Succeeds();

        (await tested.TestAgain("--filter", "Owner=me", "-l", "html")).Fails().Says("HelloKit.capproj : error CAP6031").Says("error CAP6033");
        (await tested.TestAgain("--filter", "Name=nobody")).Fails().Says("error CAP6032");
        (await tested.TestAgain("--filter", "Name=nobody", "-p:CapsuleFailOnZeroTests=false")).Succeeds().Says("No case matches");
        kit.Write("file", "");
        (await tested.TestAgain("-l", "trx", "--results-directory", kit["file"])).Fails().Says("error CAP6036").NeverSays("Total:");

        kit.Edit("capability.yml", "bun run src/index.ts", "echo the reason >&2; exit 4");
        var dead = (await tested.TestAgain("--filter", "Kind!=exec")).Fails().NeverSays("   at ");
        foreach (var id in new[] { "greets-by-name", "counts-words-over-http" })
        {
            dead.Says($"capability-test.yml({tested.Line(id)},9").Says($"{id}: not run. ");
        }

        kit.Edit("capability-test.yml", "kind: exec", "kind: exce");
        (await tested.TestAgain()).Fails().Says($"capability-test.yml({tested.Line("kind: exce")},11,").Says("error CAP0203").NeverSays("Total:");
        File.Delete(kit["capability-test.yml"]);
        (await tested.TestAgain()).Succeeds().Says("HelloKit: no test cases");
        (await tested.TestAgain("-p:CapsuleHasTests=true")).Fails().Says("error CAP6020");
    }

    [TestMethod]
    public async Task RunsTheKitsOfASolution()
    {
        using var tested = await TestedKit.InVsTestModeAsync();
        tested.AddSolution();

        var run = (await tested.Test("All.slnx", "--filter", "Kind=exec", "--tl:on")).Fails().Says("CAP6008").Says("fails-always")
            .Says("total: 2").Says("failed: 1").Says("succeeded: 1");
        Assert.AreEqual(1, run.Command.ExitCode);
    }

    [TestMethod]
    [DataRow(true, LiveProgram.Interrupt)]
    [DataRow(false, LiveProgram.Kill)]
    public async Task LeavesNothingWhenItIsStoppedInTheMiddleOfACase(bool group, int signal)
    {
        using var tested = await TestedKit.InVsTestModeAsync();
        (await tested.Kit.Dotnet("restore", "-v:q")).Succeeds();

        await StoppedTest.LeavesNothingAsync(tested, group, signal);
    }

    private static async Task SameAsByCapsuleTestAsync(Scenario kit, TrxFile all)
    {
        var run = await Command.RunAsync(
            "dotnet", [CapsuleProgram.Program, "test", kit.Folder, "--report-trx", kit["out", "capsule.trx"], "--report-junit", kit["out", "junit.xml"]], kit.Folder, kit.Environment(("CAPSULE_HOME", Home.WithToolchains())));

        Assert.AreEqual(0, run.ExitCode, run.All);
        CollectionAssert.AreEqual(all.Results, new TrxFile(kit["out", "capsule.trx"]).Results);
        StringAssert.Contains(await File.ReadAllTextAsync(kit["out", "junit.xml"]), $"tests=\"{all.Results.Length}\" failures=\"0\" errors=\"0\"");
    }
}
