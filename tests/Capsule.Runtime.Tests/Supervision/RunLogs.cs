using System.Text;
using Capsule.Runtime.Supervision;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Supervision;

[TestClass]
public class RunLogs
{
    [TestMethod]
    [DataRow("plain", "plain")]
    [DataRow("\u001b[31mred\u001b[0m", "red")]
    [DataRow("\u001b]0;a title\u0007after", "after")]
    [DataRow("\u001b]8;;http://evil\u001b\\link", "link")]
    [DataRow("a\u001b[2J\u001b[Hb", "ab")]
    [DataRow("tab\tstays\rgone\b", "tab\tstaysgone")]
    [DataRow("\u009b31mc1", "c1")]
    [DataRow("\u202egnp.exe", "gnp.exe")]
    [DataRow("\u001bP1$r\u001b\\dcs", "dcs")]
    [DataRow("ünï🎈", "ünï🎈")]
    public void WhatATerminalWouldActOnIsStripped(string text, string expected) => Assert.AreEqual(expected, LogText.Strip(text));

    [TestMethod]
    public void StructuredLinesAreRead()
    {
        var now = DateTimeOffset.UnixEpoch;
        var line = StructuredLine.Read("a/start", "err", """{"v":1,"ev":{"level":"Error","msg":"[host-log][error] broken","time":1700000000000,"fields":{"n":1}},"ctx":{}}""", now);
        Assert.AreEqual("broken", line.Text);
        Assert.AreEqual(LogLevel.Error, line.Level);
        Assert.AreEqual("{\"n\":1}", line.Fields);
        Assert.AreEqual(1_700_000_000_000, line.Time.ToUnixTimeMilliseconds());
    }

    [TestMethod]
    [DataRow("{\"v\":1")]
    [DataRow("{\"v\":1,\"ev\":{}}")]
    [DataRow("{\"v\":1,\"ev\":{\"level\":\"Loud\",\"msg\":\"x\"}}")]
    [DataRow("{\"v\":1,\"ev\":[]}")]
    [DataRow("{\"v\":2}")]
    [DataRow("text")]
    public void EverythingElseIsPlainText(string text) =>
        Assert.AreEqual(text, StructuredLine.Read("a", "out", text, DateTimeOffset.UnixEpoch).Text);

    [TestMethod]
    public void AnEndlessLineBecomesSeveral()
    {
        var lines = new List<string>();
        LogPump.Pump(new MemoryStream(Encoding.UTF8.GetBytes(new string('x', LogPump.LongestLine + 5) + "\r\nlast")), lines.Add);
        CollectionAssert.AreEqual(new[] { LogPump.LongestLine, 5, 4 }, lines.Select(l => l.Length).ToArray());
    }

    [TestMethod]
    public void AFileThatGrowsIsRotatedOnce()
    {
        using var folder = new TemporaryFolder();
        using var log = new RunLog(folder.Path, null) { FileLimit = 2000 };
        for (var i = 0; i < 200; i++)
        {
            log.Add(new LogLine(DateTimeOffset.UtcNow, "a/start", "out", LogLevel.Info, $"line {i}"));
        }

        var files = Directory.GetFiles(folder.Path).Select(f => new FileInfo(f)).ToArray();
        Assert.HasCount(2, files);
        Assert.IsTrue(files.All(f => f.Length < 2500));
        StringAssert.EndsWith(log.Tail("a/start"), "| line 199");
    }

    [TestMethod]
    public async Task ALogCanBeFollowedToTheEndOfItsRun()
    {
        using var folder = new TemporaryFolder();
        var home = new CapsuleHome(folder.Path);
        Directory.CreateDirectory(Path.Combine(home.Runs, "r"));
        Directory.CreateDirectory(Path.Combine(home.Logs, "r"));
        var held = FileLock.TryTake(Path.Combine(home.Runs, "r", "lock"))!;
        using var log = new RunLog(Path.Combine(home.Logs, "r"), null);
        var seen = new List<string>();
        log.Say("first");
        await foreach (var line in LogReader.FollowAsync(home, "r", null, new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token))
        {
            seen.Add(line.Text);
            if (line.Text == "first")
            {
                log.Say("second");
                held.Dispose();
            }
        }

        CollectionAssert.AreEqual(new[] { "first", "second" }, seen);
    }

    [TestMethod]
    public void ATailReadsWholeLinesOnceAndFollowsARotation()
    {
        using var folder = new TemporaryFolder();
        using var tail = new LogTail(folder["a.log"]);
        Assert.IsEmpty(tail.Read());
        File.WriteAllText(folder["a.log"], "one\ntwo\nthr");
        CollectionAssert.AreEqual(new[] { "one", "two" }, tail.Read().ToArray());
        File.AppendAllText(folder["a.log"], "ee\n");
        CollectionAssert.AreEqual(new[] { "three" }, tail.Read().ToArray());
        File.AppendAllText(folder["a.log"], "last of the old\n");
        File.Move(folder["a.log"], folder["a.log.1"]);
        File.WriteAllText(folder["a.log"], "new\n");
        CollectionAssert.AreEqual(new[] { "last of the old", "new" }, tail.Read().ToArray());
        Assert.IsEmpty(tail.Read());
    }

    [TestMethod]
    public void AMissingFolderDoesNotStopTheWatcherAndIsToldOnce()
    {
        var seen = new List<string>();
        using var log = new RunLog("/nonexistent/folder", line => seen.Add(line.Text));
        log.Say("still here");
        log.Say("and still");
        Assert.HasCount(3, seen);
        Assert.AreEqual("still here", seen[0]);
        StringAssert.StartsWith(seen[1], "CAP5418: The log under '/nonexistent/folder' cannot be written: ");
        Assert.AreEqual("and still", seen[2]);
    }

    [TestMethod]
    public void AClockThatIsSetBackChangesNoOrder()
    {
        using var folder = new TemporaryFolder();
        var home = new CapsuleHome(folder.Path);
        Directory.CreateDirectory(Path.Combine(home.Logs, "r"));
        using (var log = new RunLog(Path.Combine(home.Logs, "r"), null))
        {
            var noon = DateTimeOffset.Parse("2030-01-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
            log.Add(new LogLine(noon, "b/start", "out", LogLevel.Info, "1"));
            log.Add(new LogLine(noon.AddHours(-3), "a/start", "out", LogLevel.Info, "2"));
            log.Add(new LogLine(noon.AddHours(9), "c/start", "out", LogLevel.Info, "3"));
            log.Add(new LogLine(noon.AddHours(-2), "a/start", "out", LogLevel.Info, "4"));
        }

        CollectionAssert.AreEqual(new[] { "1", "2", "3", "4" }, LogReader.Read(home, "r").Select(l => l.Text).ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 2, 3, 4 }, LogReader.Read(home, "r").Select(l => l.Number).ToArray());
    }
}
