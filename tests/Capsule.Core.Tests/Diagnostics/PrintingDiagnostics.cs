using Capsule.Core.Diagnostics;
using Capsule.Tests;
using static Capsule.Core.Tests.Diagnostics.Sample;

namespace Capsule.Core.Tests.Diagnostics;

[TestClass]
public class PrintingDiagnostics
{
    [TestMethod]
    public void ShowsThePlaceTheLineTheUnderlineAndTheHint() => Assert.AreEqual(
        """
        kit/capability.yml:2:11: error CAP0231: Workload 'web' has no endpoint '/mcp'.
            2 |   expose: /mcp # here
              |           ^~~~
        hint: Add '/mcp' under workloads.web.endpoints.

        """, Printer("name: x\r\n  expose: /mcp # here\r\n").Format(At(2, 11, 2, 15)));

    [TestMethod]
    public void TabsAndWideCharactersKeepTheUnderlineInPlace() => Assert.AreEqual(
        "    1 |     a   😀日e\u0301x\n      |              ^", Lines("\ta\t😀日e\u0301x", At(1, 9, 1, 10)));

    [TestMethod]
    public void ControlCharactersOfTheSourceNeverReachTheTerminal()
    {
        var printed = Printer("a: \e[2Jx\u009B1m\u202Ey").Format(At(1, 1, 1, 2, endpoint: "\e]0;owned\a\n"));
        Assert.IsFalse(printed.Any(c => (char.IsControl(c) && c != '\n') || c == '\u202E'), printed);
        StringAssert.Contains(printed, "1 | a: \uFFFD[2Jx\uFFFD1m\uFFFDy");
        StringAssert.Contains(printed, "has no endpoint '\uFFFD]0;owned\uFFFD '.");
    }

    [TestMethod]
    public void QuotedLinesOfAProgramStandOnLinesOfTheirOwn()
    {
        var kind = new DiagnosticKind("CAP0231", Severity.Error, "It ended with {0}.{1}", "Look.");

        Assert.AreEqual("error CAP0231: It ended with 3.\n  | one\n  | two\uFFFD[2J\nhint: Look.\n", new DiagnosticText().Format(kind.Now(3, "\n  | one\n  | two\e[2J")));
        Assert.AreEqual("error CAP0231: It ended with x error CAP0001: no.\nhint: Look.\n", new DiagnosticText().Format(kind.Now("x\nerror CAP0001: no", "")));
    }

    [TestMethod]
    [DataRow("Access is denied.", "It failed: Access is denied.")]
    [DataRow("Access is denied", "It failed: Access is denied.")]
    [DataRow("wait...", "It failed: wait....")]
    public void AReasonThatIsASentenceGetsNoSecondFullStop(string reason, string message) =>
        Assert.AreEqual(message, new DiagnosticKind("CAP5416", Severity.Error, "It failed: {0}.", "Look.").Now(reason).Message);

    [TestMethod]
    public void ARangeOverSeveralLinesIsUnderlinedToTheEndOfItsFirst() => Assert.AreEqual(
        "    1 | a: [1,\n      |    ^~~", Lines("a: [1,\n2]", At(1, 4, 2, 3)));

    [TestMethod]
    public void AFaultAtTheEndOfALineIsMarkedAfterIt() => Assert.AreEqual("    1 | a =\n      |    ^", Lines("a =", At(1, 4, 1, 4)));

    [TestMethod]
    public void ALineOfAMegabyteIsCutAroundTheFault()
    {
        var line = Lines(new string('x', 500_000) + "FAULT" + new string('y', 500_000), At(1, 500_001, 1, 500_006)).Split('\n');
        Assert.IsLessThan(140, line[0].Length);
        Assert.AreEqual("FAULT", line[0].Substring(line[1].IndexOf('^', StringComparison.Ordinal), 5));
        StringAssert.EndsWith(line[1], "^~~~~");
        StringAssert.Contains(line[0], "| …x");
        StringAssert.EndsWith(line[0], "y…");
    }

    [TestMethod]
    public void AWholeFileHasNoExcerptAndNoPlaceHasNoFile()
    {
        var whole = Kind.In("/home/me/kit/capability.yml", "/mcp", "web");
        StringAssert.StartsWith(Printer("a").Format(whole), "kit/capability.yml: error CAP0231: Workload 'web' has no endpoint '/mcp'.\nhint:");
        StringAssert.StartsWith(Printer("a").Format(Kind.Now("/mcp", "web")), "error CAP0231: Workload");
    }

    [TestMethod]
    public void APlaceBeyondTheTextIsNamedWithoutAnExcerpt() =>
        StringAssert.Contains(Printer("a").Format(At(7, 1, 7, 2)), "kit/capability.yml:7:1: error CAP0231: Workload 'web' has no endpoint '/mcp'.\nhint:");

    [TestMethod]
    public void ColoursAreThereOnlyWhenAskedFor()
    {
        StringAssert.Contains(Printer("abc", color: true).Format(At(1, 1, 1, 3)), "\e[1;31merror CAP0231:\e[0m Workload");
        StringAssert.Contains(Printer("abc", color: true).Format(At(1, 1, 1, 3)), "| \e[1;31m^~\e[0m\n");
        Assert.DoesNotContain("\e", Printer("abc").Format(At(1, 1, 1, 3)));
        StringAssert.Contains(Printer("abc", color: true).Format(At(1, 1, 1, 3) with { Severity = Severity.Warning }), "\e[1;33mwarning CAP0231:");
    }

    [TestMethod]
    public void FilesAreReadFromDiskByDefaultAndOutsideTheFolderNamedInFull()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.yml", "one\ntwo\n");
        var printed = new DiagnosticText(folder: "/elsewhere").Format([Kind.At(new SourceSpan(file, 2, 1, 2, 4), "x", "y")]);
        StringAssert.StartsWith(printed, file + ":2:1: error CAP0231");
        StringAssert.Contains(printed, "2 | two\n      | ^~~\n");
    }

    private static string Lines(string source, Diagnostic diagnostic)
    {
        var lines = Printer(source).Format(diagnostic).Split('\n');
        return lines[1] + "\n" + lines[2];
    }
}
