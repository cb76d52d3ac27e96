using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>The program where CAPSULE_HOME or the temporary folder has no room: one coded error, nothing half-written, and it works again with room.</summary>
[TestClass]
public sealed class FullDisks : IDisposable
{
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    /// <summary>CAPSULE_HOME becomes a small disk of its own; <c>fill</c> leaves no room on it, <c>room</c> gives it back.</summary>
    private const string Prelude =
        """
        capsule() { "$DOTNET" "$PROGRAM" "$@"; }
        fill() { dd if=/dev/zero of="$1/filler" bs=4k 2>/dev/null; }
        room() { rm "$1/filler"; }
        small() { cp "$CAPSULE_HOME/config.toml" "$TMPDIR/config"; mount -t tmpfs -o size=$1,mode=0700 none "$CAPSULE_HOME"; cp "$TMPDIR/config" "$CAPSULE_HOME/config.toml"; }
        left() { (cd "$CAPSULE_HOME" && find . -type f ! -name config.toml ! -name filler ! -name lock ! -name '*.lock' ! -name .lock) | sort; }

        """;

    private readonly CapsuleProgram _capsule = new();

    public FullDisks()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            _capsule.Dispose();
            Assert.Inconclusive("A disk of its own needs root.");
        }

        _capsule.Write("app/capsule.toml", Programs.Native("tool.sh"));
        _capsule.Write("app/tool.sh", "#!/bin/sh\necho it ran\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_capsule["app", "tool.sh"], (UnixFileMode)0b111_101_101);
        }
    }

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task NoRunStartsThatCannotBeRecorded()
    {
        var said = await RunAsync("small 1m; fill $CAPSULE_HOME; capsule run app; echo \"exit $?\"; capsule doctor 2> /dev/null | head -n 1; left; room $CAPSULE_HOME; capsule run app && capsule ps --all | grep -c fixture; left | grep -v ^./logs");

        CollectionAssert.AreEqual(new[] { "CAP5416" }, said.Errors().ToArray(), said.All);
        StringAssert.Contains(said.Error, "No space left on device");
        var lines = said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.AreEqual("exit 1", lines[0], said.All);
        StringAssert.StartsWith(lines[1], "FAIL  home: CAP9101");
        Assert.AreEqual("it ran", lines[2], "nothing was left, and with room it runs");
        Assert.AreEqual("1", lines[^2], "one run is recorded");
        StringAssert.EndsWith(lines[^1], "/record.json");
    }

    [TestMethod]
    public async Task NothingIsHalfInstalled()
    {
        _capsule.Write("app/noise", string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i * 7919L} ")));
        var packed = (await _capsule.DoAsync("pack", "app", "--publisher", "acme", "--version", "1.0.0", "-o", _capsule["out"])).Split('\n');
        var install = $"capsule install {packed[0]} --publisher acme --version 1.0.0 --identity {packed[2]}";

        var said = await RunAsync($"small 300k; {install}; echo \"exit $?\"; left; mount -o remount,size=4m $CAPSULE_HOME; {install} > /dev/null && capsule list | grep -c acme/fixture");

        CollectionAssert.AreEqual(new[] { "CAP2117" }, said.Errors().ToArray(), said.All);
        Assert.AreEqual("exit 1\n1\n", said.Output, said.All);
    }

    [TestMethod]
    public async Task ATemporaryFolderWithoutRoomIsNotNeeded()
    {
        // Neither a file nor a folder can be made in it.
        var said = await RunAsync("mount -t tmpfs -o nr_inodes=1 none \"$TMPDIR\"; capsule run app; echo \"exit $?\"; ls -A \"$TMPDIR\"");
        Assert.AreEqual("exit 0", said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], said.All);
        StringAssert.Contains(said.Output, "it ran");
    }

    private async Task<Command> RunAsync(string script) => await Command.RunAsync(
        "unshare", ["--mount", "sh", "-c", Prelude + script], _capsule.Folder,
        new Dictionary<string, string?>(_capsule.Variables()) { ["DOTNET"] = Dotnet, ["PROGRAM"] = CapsuleProgram.Program }, TimeSpan.FromMinutes(2));
}
