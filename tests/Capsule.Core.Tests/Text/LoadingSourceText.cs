using System.Text;
using Capsule.Core.Text;
using Capsule.Tests;

namespace Capsule.Core.Tests.Text;

[TestClass]
public class LoadingSourceText
{
    [TestMethod]
    public void DropsAByteOrderMark()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.yml"], [0xEF, 0xBB, 0xBF, .. "a: é"u8]);
        var source = Documents.Good(SourceText.Load(folder["a.yml"]));
        Assert.AreEqual("a: é", source.Text);
        Assert.AreEqual(folder["a.yml"], source.Path);
    }

    /// <summary>Opening a pipe waits for a writer, and a device may never end.</summary>
    [TestMethod]
    [Timeout(30_000)]
    public async Task RefusesWhatIsNoFileAtOnce()
    {
        using var folder = new TemporaryFolder();
        await Command.RunAsync("mkfifo", [folder["pipe.yml"]]);
        File.CreateSymbolicLink(folder["link.yml"], folder["pipe.yml"]);

        foreach (var path in new[] { folder["pipe.yml"], folder["link.yml"], "/dev/zero", "/dev/tty" })
        {
            Assert.AreEqual("CAP0905", SourceText.Load(path).Diagnostics.Single().Code, path);
        }
    }

    [TestMethod]
    public void RefusesBytesThatAreNotUtf8WithTheirPlace()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.yml"], [.. "a: 1\nb: 'é"u8, 0xC3, 0x28, .. "'"u8]);
        Documents.Refuses(SourceText.Load(folder["a.yml"]), "2:6 CAP0904 The text is not valid UTF-8: the byte 0xC3 cannot stand here.");
    }

    [TestMethod]
    public void RefusesEncodedSurrogatesOverlongFormsAndTruncation()
    {
        foreach (var bytes in new byte[][] { [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF0, 0x9F, 0x98], [0xFF, 0xFE, 0x61, 0x00] })
        {
            Documents.Refuses(SourceText.Decode("<test>", bytes), $"1:1 CAP0904 The text is not valid UTF-8: the byte 0x{bytes[0]:X2} cannot stand here.");
        }
    }

    [TestMethod]
    public void ReadsUpToTheLimitAndNotAByteMore()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.yml", new string('x', 100));
        Assert.AreEqual(100, Documents.Good(SourceText.Load(file, limit: 100)).Text.Length);
        Documents.Refuses(SourceText.Load(file, limit: 99), $"1:1 CAP0903 The file '{file}' is larger than 99 bytes, the most that is read.");
        File.WriteAllText(file, new string('x', SourceText.ManifestLimit + 1), Encoding.ASCII);
        Assert.AreEqual("CAP0903", SourceText.Load(file).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void RefusesAMissingFileAndAFolder()
    {
        using var folder = new TemporaryFolder();
        var missing = folder["no", "a.yml"];
        Documents.Refuses(SourceText.Load(missing), $"1:1 CAP0900 There is no file '{missing}'.");
        Assert.AreEqual(Core.Diagnostics.ExitCode.NotFound, SourceText.Load(missing).Exit);
        Documents.Refuses(SourceText.Load(folder.Path), $"1:1 CAP0901 '{folder.Path}' is a folder; a file is needed.");
    }

    [TestMethod]
    public void RefusesWhatTheSystemWillNotRead()
    {
        // The kernel answers EIO to a read of one's own memory at 0, even for root.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Assert.AreEqual("CAP0902", SourceText.Load("/proc/self/mem").Diagnostics.Single().Code);
    }
}
