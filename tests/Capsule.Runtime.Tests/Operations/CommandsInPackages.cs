using Capsule.Core.Diagnostics;
using Capsule.Operations.Running;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Commands that no sandbox is opened for.</summary>
[TestClass]
public class CommandsInPackages
{
    [TestMethod]
    public async Task AnInstalledPackageHasNothingToWriteBackTo()
    {
        await using var scene = RunScene.Kit("1");
        var request = new ProjectCommandRequest { Package = scene.Request() with { Installed = true }, Command = _ => throw new AssertFailedException("it ran") };
        var problem = (await ProjectCommand.RunAsync(request, default)).Diagnostics.Single();
        Assert.AreEqual("CAP5490", problem.Code);
        Assert.AreEqual(ExitCode.Invalid, problem.Kind.Exit);
        Assert.IsEmpty(RunList.All(scene.Home));
    }
}
