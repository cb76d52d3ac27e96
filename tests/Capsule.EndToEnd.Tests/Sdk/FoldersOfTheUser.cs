using Capsule.Cli.Launcher;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A Kit that asks for a folder of the user's, under <c>dotnet run</c> and <c>dotnet test</c>.</summary>
[TestClass]
public class FoldersOfTheUser
{
    [TestMethod]
    public async Task AreGivenByAPropertyOrByTheCase()
    {
        using var tested = await TestedKit.InVsTestModeAsync();
        var kit = tested.Kit;
        kit.Edit("capability.yml", "    runtime:\n", "    mounts: [notes]\n    runtime:\n");
        kit.Edit("capability.yml", "\nexpose:\n", "\nhost_mounts:\n  notes: { usage: your notes, access: read_write }\n\nexpose:\n");
        tested.OnlyCase("cat /mnt/notes/letter && echo seen > /mnt/notes/answer");
        (await kit.Dotnet("restore", "-v:q")).Succeeds();

        (await tested.TestAgain()).Fails().Says("error CAP5410").Says("notes (read and change): your notes").Says("-p:CapsuleMounts=notes=PATH");

        kit.Write("mine/letter", "hello");
        (await tested.TestAgain("-p:CapsuleMounts=notes=mine")).Succeeds().Says("Passed:     1");
        Assert.AreEqual("seen\n", await File.ReadAllTextAsync(kit["mine", "answer"]));

        kit.Write("tests/only/notes/letter", "hello");
        (await tested.TestAgain("-p:CapsuleOptions=hero=Ada")).Fails().Says("CAP0255");
        (await tested.TestAgain()).Succeeds().Says("Passed:     1");
        Assert.AreEqual("seen\n", await File.ReadAllTextAsync(kit["tests", "only", "notes", "answer"]), "bound where it lies");

        (await kit.Dotnet("msbuild", "-nologo", "-getTargetResult:ComputeRunArguments", "-getProperty:RunArguments", "-p:CapsuleMounts=notes=~/my notes%3Bmodels=/data", "-p:CapsuleOptions=hero=Ada L%3Bsize=8", "-p:CapsuleVariants=model=gpu", "-p:CapsuleRunMode=managed"))
            .Succeeds().Says("--mount \\u0022notes=~/my notes\\u0022 --mount \\u0022models=/data\\u0022 --option \\u0022hero=Ada L\\u0022 --option \\u0022size=8\\u0022 --variant \\u0022model=gpu\\u0022 --mode \\u0022managed\\u0022 --");
    }

    [TestMethod]
    public void ReachTheLauncherInBothModes()
    {
        var launch = LaunchArguments.Parse(["run", "kit.capakit", "--project", "capability.yml", "--mount", "notes=a b", "--mount", "models=/data", "--allow-no-tests", "--", "--server"])!;
        Assert.AreEqual("notes=a b|models=/data|--server", string.Join('|', [.. launch.Given.Mounts, .. launch.Appended]));
        Assert.IsEmpty(LaunchArguments.Parse(["run", "kit.capakit", "--project", "capability.yml", "--", "--mount", "a=b"])!.Given.Mounts);
        Assert.IsNull(LaunchArguments.Parse(["run", "kit.capakit", "--mount", "--"]));
        var session = SessionArguments.Parse(["test-session", "capability.yml", "--mount", "notes=a", "--option", "hero=Ada=1", "--variant", "model", "--list"])!;
        Assert.AreEqual("CAP9140", session.Given.Select().Diagnostics.Single().Code);
        Assert.AreEqual("Ada=1", (session.Given with { Variants = [] }).Select().Value!.Options["hero"]);
        Assert.AreEqual(Capsule.Operations.Running.RunMode.Source, SessionArguments.Parse(["test-session", "capability.yml", "--mode", "source"])!.Given.Mode);
        Assert.AreEqual("notes=a", session.Given.Mounts.Single());
    }
}
