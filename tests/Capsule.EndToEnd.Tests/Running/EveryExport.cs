using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit of three workloads that uses every export of the workload SDK, over the sockets of a real run.</summary>
[TestClass]
public sealed class EveryExport : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    [TestCategory("needs-network")]
    public async Task HasItsTypesAndDoesWhatItSays()
    {
        await _capsule.HoldingAsync("bun");
        var tested = await _capsule.RunAsync(TimeSpan.FromMinutes(5), "test", Checkout.File("tests", "Capsule.EndToEnd.Tests", "Kits", "every-export"));
        Assert.AreEqual(0, tested.ExitCode, tested.All);
        StringAssert.Contains(tested.All, "6 passed");
    }
}
