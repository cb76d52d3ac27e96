using System.Diagnostics;
using Capsule.Build.Tasks;
using Capsule.Build.Tasks.Sessions;
using Capsule.Core.Plans.Sessions;
using Capsule.Tests;
using Microsoft.Build.Framework;

namespace Capsule.Tasks.Tests;

/// <summary>The runner as a child of the build: what it says becomes the build's, and nothing of it stays.</summary>
[TestClass]
public sealed class RunningCases
{
    private const string Failing = """
        {"say":"Failed b"}
        {"problem":{"code":"CAP6000","severity":"error","text":"a: does not hold","file":"/kit/capability-test.yml","line":9,"column":5,"endLine":9,"endColumn":8}}
        {"problem":{"code":"CAP6032","severity":"error","text":"nothing matches","file":null,"line":0,"column":0,"endLine":0,"endColumn":0}}
        {"ended":{"passed":1,"failed":1,"text":"Failed! - Total: 2"}}
        """;

    [TestMethod]
    public void ItsProblemsBecomeErrorsAtTheirPlace()
    {
        using var project = new Project();
        var host = Host(project, $"cat <<'E'\n{Failing}\nE\n");

        Assert.IsFalse(project.Run(Task(host)));

        Assert.AreEqual("CAP6000 /kit/capability-test.yml(9,5) a: does not hold", $"{project.Engine.Errors[0].Code} {project.Engine.Errors[0].File}({project.Engine.Errors[0].LineNumber},{project.Engine.Errors[0].ColumnNumber}) {project.Engine.Errors[0].Message}");
        Assert.AreEqual(project["Hello.capproj"], project.Engine.Errors[1].File);
        Assert.AreEqual(2, project.Engine.Errors.Count);
        Assert.AreEqual("Failed b", project.Engine.Messages[0].Message);
        var sum = (ExtendedBuildMessageEventArgs)project.Engine.Messages[1];
        Assert.AreEqual("TLTESTFINISH Failed! - Total: 2", $"{sum.ExtendedType} {sum.Message}");
        Assert.AreEqual("2 1 1", $"{sum.ExtendedMetadata!["total"]} {sum.ExtendedMetadata["passed"]} {sum.ExtendedMetadata["failed"]}");
    }

    [TestMethod]
    public void ItGetsWhatDotnetTestWasGiven()
    {
        using var project = new Project();
        var host = Host(project, """
            for argument; do printf '%s|' "$argument" >>arguments; done
            echo '{"ended":{"passed":1,"failed":0}}'
            """);
        var task = Task(host);
        (task.Filter, task.Loggers, task.Verbosity, task.ListOnly, task.FailOnZero) = ("Name=a b&Kind!=exec", ["trx;LogFileName=x.trx", "console"], "quiet", true, false);
        task.Unused = ["--blame"];

        Assert.IsTrue(project.Run(task), project.Engine.All);

        Assert.AreEqual(
            $"exec|{project["runner.dll"]}|test-session|{project["capability.yml"]}|--results|{project["out"]}|--name|Hello.capakit|--filter|Name=a b&Kind!=exec|--logger|trx;LogFileName=x.trx|--logger|console|--verbosity|quiet|--list|--allow-no-tests|",
            File.ReadAllText(project["arguments"]));
        StringAssert.Contains(project.Engine.All, "--blame mean nothing");
    }

    [TestMethod]
    [DataRow("""echo '{"ended":{"passed":0,"failed":2}}'""", "CAP9082", "2 of the package's cases failed")]
    [DataRow("echo no session; echo broken >&2; exit 3", "CAP9081", "exit code 3")]
    [DataRow("echo '{\"ended'; echo broken; exit 0", "CAP9081", "| broken")]
    public void ItsFailureIsSaidEvenWhenItSaysNothing(string script, string code, string says)
    {
        using var project = new Project();

        Assert.IsFalse(project.Run(Task(Host(project, script))));

        Assert.AreEqual(code, project.Engine.Errors.Single().Code);
        StringAssert.Contains(project.Engine.Errors.Single().Message, says);
    }

    [TestMethod]
    public void AHostThatIsNotThereIsSaid()
    {
        using var project = new Project();

        Assert.IsFalse(project.Run(Task("/no/such/dotnet")));

        Assert.AreEqual("CAP9080", project.Engine.Errors.Single().Code);
    }

    [TestMethod]
    [DataRow("cat >/dev/null; echo stopped >stopped", 30, true)]
    [DataRow("sleep 300 & echo $! >child; wait", 1, false)]
    public async Task ACancelledSessionIsAskedToStopAndThenKilledWithItsTree(string script, int seconds, bool stops)
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var start = new ProcessStartInfo("sh", ["-c", $"echo '{{\"say\":\"runs\"}}'; {script}"]) { WorkingDirectory = folder.Path };
        var began = new TaskCompletionSource();
        var session = RunnerSession.RunAsync(start, _ => began.TrySetResult(), TimeSpan.FromSeconds(seconds), cancel.Token);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30));
        while (!stops && (!File.Exists(folder["child"]) || File.ReadAllText(folder["child"]).Length == 0))
        {
            await System.Threading.Tasks.Task.Delay(20);
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => session.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.AreEqual(stops, File.Exists(folder["stopped"]));
        for (var end = DateTime.UtcNow.AddSeconds(10); !stops && IsAlive(File.ReadAllText(folder["child"]).Trim()); await System.Threading.Tasks.Task.Delay(20))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, "Its child lives.");
        }
    }

    [TestMethod]
    public void ALineIsReadAsItWasWritten()
    {
        var line = new SessionLine { Say = "ü \u001b \"x\"\n y" };
        Assert.AreEqual(line, SessionLine.Parse(line.ToString()));
        Assert.IsFalse(line.ToString().Contains('\n', StringComparison.Ordinal));
        Assert.IsNull(SessionLine.Parse("{"));
        Assert.IsNull(SessionLine.Parse("[1]"));
    }

    private static bool IsAlive(string pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static RunCases Task(string host) => new()
    {
        Dotnet = host,
        Runner = "runner.dll",
        Manifest = "capability.yml",
        DisplayName = "Hello.capakit",
        ResultsFolder = "out",
        FailOnZero = true,
    };

    /// <summary>A program in the place of the .NET host.</summary>
    private static string Host(Project project, string script)
    {
        var host = project["host"];
        File.WriteAllText(host, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(host, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return host;
    }
}
