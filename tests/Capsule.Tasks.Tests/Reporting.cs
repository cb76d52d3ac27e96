using Capsule.Build.Tasks;
using Capsule.Build.Tasks.Logging;
using Capsule.Core.Diagnostics;
using Microsoft.Build.Framework;

namespace Capsule.Tasks.Tests;

/// <summary>What a task says reaches the editor: code, full path, range, link.</summary>
[TestClass]
public class Reporting
{
    [TestMethod]
    public void PutsAnErrorOnItsPlaceInTheManifest()
    {
        using var project = new Project(Project.Manifest.Replace("\"0.2\"", "\"9.9\"", StringComparison.Ordinal));

        Assert.IsFalse(project.Run(project.Validate()));

        var error = project.Engine.Errors.First();
        Assert.AreEqual(project["capsule.toml"], error.File);
        Assert.AreEqual((1, 18), (error.LineNumber, error.ColumnNumber));
        StringAssert.StartsWith(error.Code, "CAP0");
        Assert.AreEqual($"file:///sdk/docs/codes/{error.Code[..5]}xx.md#{error.Code.ToLowerInvariant()}", error.HelpLink);
        Assert.IsFalse(File.Exists(project["obj", "validated"]));
    }

    [TestMethod]
    public void KeepsWarningsAndSaysThemAgain()
    {
        using var project = new Project();
        var kind = new DiagnosticKind("CAP9099", Severity.Warning, "Odd.", "Look.");
        KeptDiagnostics.Keep(project["kept.json"], [kind.At(new SourceSpan("/a/capsule.toml", 3, 4, 3, 9)), kind.Now() with { Severity = Severity.Info }]);

        Assert.IsTrue(project.Run(new ReplayDiagnostics { DiagnosticsFile = "kept.json" }));

        var warning = project.Engine.Warnings.Single();
        Assert.AreEqual(("CAP9099", "/a/capsule.toml", 3, 4, 3, 9, "Odd. Look."),
            (warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber, warning.EndLineNumber, warning.EndColumnNumber, warning.Message));

        KeptDiagnostics.Keep(project["kept.json"], []);
        Assert.IsFalse(File.Exists(project["kept.json"]));
    }

    [TestMethod]
    [DataRow("not json")]
    [DataRow("[null")]
    [DataRow("")]
    public void IgnoresKeptWarningsThatAreNotOurs(string content)
    {
        using var project = new Project();
        File.WriteAllText(project["kept.json"], content);

        Assert.IsTrue(project.Run(new ReplayDiagnostics { DiagnosticsFile = "kept.json" }));

        Assert.IsEmpty(project.Engine.Warnings);
    }

    [TestMethod]
    public void TurnsAFileThatCannotBeWrittenIntoACodedError()
    {
        using var project = new Project();
        File.WriteAllText(project["obj"], "a file where a folder should be");

        Assert.IsFalse(project.Run(project.Validate()));

        Assert.AreEqual("CAP9052", project.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void SaysADefectWithoutAStackTrace()
    {
        using var project = new Project();

        Assert.IsFalse(project.Run(new Broken()));

        var error = project.Engine.Errors.Single();
        Assert.AreEqual("CAP9053", error.Code);
        Assert.IsFalse(error.Message!.Contains(" at ", StringComparison.Ordinal));
        StringAssert.Contains(project.Engine.Messages.Single(m => m.Importance == MessageImportance.Low).Message, nameof(Broken));
    }

    private sealed class Broken : CapsuleTask
    {
        protected override Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel) => throw new InvalidOperationException("A defect.");
    }
}
