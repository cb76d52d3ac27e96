using Capsule.Core.Plans;
using Capsule.Operations.Running;

namespace Capsule.Runtime.Tests.Operations;

[TestClass]
public class ChoosingAboutAPlan
{
    private static readonly LaunchPlan Plan = new()
    {
        Package = new PackageReference("kit", "acme", "hello", "1.0.0"),
        Cells =
        [
            new CellPlan
            {
                Id = "hello",
                Processes =
                [
                    new ProcessPlan { Id = "hello/prepare", Stage = ProcessStage.Prepare, Cwd = "/app" },
                    new ProcessPlan { Id = "hello/start", Stage = ProcessStage.Start, Cwd = "/app", Ready = new ReadyPlan { Kind = ReadyKind.Connect, TimeoutSeconds = 120 } },
                ],
            },
        ],
    };

    [TestMethod]
    public void NothingChangesNothing() => Assert.AreEqual(PlanJson.Write(Plan), PlanJson.Write(new LaunchChoices().Apply(Plan)));

    [TestMethod]
    public void AnotherTimeHoldsForWhatIsWaitedFor()
    {
        var chosen = new LaunchChoices { ReadyTimeout = 7 }.Apply(Plan).Cells.Single().Processes;

        Assert.AreEqual(Plan.Cells[0].Processes[0].Ready, chosen[0].Ready);
        Assert.AreEqual(new ReadyPlan { Kind = ReadyKind.Connect, TimeoutSeconds = 7 }, chosen[1].Ready);
    }

    [TestMethod]
    public void StrictLimitsCanBeAskedForAndNotTakenBack()
    {
        Assert.IsTrue(new LaunchChoices { StrictLimits = true }.Apply(Plan).Requires.StrictLimits);
        Assert.IsTrue(new LaunchChoices().Apply(Plan with { Requires = new LaunchRequirements { StrictLimits = true } }).Requires.StrictLimits);
    }
}
