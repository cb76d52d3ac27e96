namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>What the user's environment holds is nothing that a test run may see, print or keep.</summary>
[TestClass]
public sealed class TestingWithSecrets
{
    private const string Marker = "kQ7-marker-of-the-user-0452";

    [TestMethod]
    public async Task LeavesNoTraceOfThemInVsTestMode()
    {
        using var tested = await TestedKit.InVsTestModeAsync();
        var kit = tested.Kit;
        tested.OnlyCase("env; exit 1");

        (await tested.TestWith(("THE_SECRET", Marker), "-v:diag", "-bl:test.binlog", "-l", "trx;LogFileName=one.trx", "-p:VSTestResultsDirectory=reports"))
            .Fails().Says("capability-test.yml(1,7").Says("error CAP6008: only:").Says("PATH=").NeverSays(Marker);

        Sees(await SecretTraces.ReadBinaryLogAsync(kit["test.binlog"]), "VSTestResultsDirectory");
        Sees(await File.ReadAllBytesAsync(kit["reports", "one.trx"]), "PATH=");
    }

    [TestMethod]
    public async Task LeavesNoTraceOfThemOnThePlatform()
    {
        using var tested = await TestedKit.OnThePlatformAsync();
        var kit = tested.Kit;
        tested.OnlyCase("env; exit 1");

        (await tested.TestWith(("THE_SECRET", Marker), "-bl:test.binlog", "--report-trx", "--report-trx-filename", "one.trx", "--output", "Detailed"))
            .Fails().Says("capability-test.yml(1,7").Says("PATH=").NeverSays(Marker);

        Sees(await SecretTraces.ReadBinaryLogAsync(kit["test.binlog"]), "IsTestingPlatformApplication");
        Sees(await File.ReadAllBytesAsync(kit["TestResults", "one.trx"]), "PATH=");
    }

    private static void Sees(byte[] left, string known)
    {
        Assert.AreNotEqual("", SecretTraces.In(left, known), "The search must be able to find something.");
        Assert.AreEqual("", SecretTraces.In(left, Marker));
    }
}
