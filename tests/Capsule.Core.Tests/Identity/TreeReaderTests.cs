using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Capsule.Core.Identity;
using Capsule.Tests;

namespace Capsule.Core.Tests.Identity;

[TestClass]
[UnsupportedOSPlatform("windows")]
public partial class TreeReaderTests
{
    [TestMethod]
    public async Task ModesOfTheFileSystemDoNotCount()
    {
        using var folder = TreeDocumentTests.VectorFolder();
        var before = await Read(folder);
        File.SetUnixFileMode(folder["README.md"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetUnixFileMode(folder["bin", "run"], UnixFileMode.UserRead);
        Assert.AreEqual(before.Identity, (await Read(folder)).Identity);
    }

    [TestMethod]
    public async Task KindsComeFromTheDocumentWhereThereIsOne()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tool.bin", "data that the pack plan lists as executable");
        var plain = await Read(folder);
        var listed = TreeDocument.Create(plain.Entries.Select(e => e with { Kind = TreeEntryKind.Executable })).Value!;
        Directory.CreateDirectory(folder[".capsule"]);
        File.WriteAllBytes(folder[".capsule", "tree"], listed.Bytes.ToArray());
        Assert.AreNotEqual(plain.Identity, listed.Identity);
        Assert.AreEqual(listed.Identity, (await Read(folder)).Identity);
    }

    [TestMethod]
    public async Task ChangedFoldersNameEachDifference()
    {
        using var folder = TreeDocumentTests.VectorFolder();
        var tree = await Read(folder);
        Directory.CreateDirectory(folder[".capsule"]);
        File.WriteAllBytes(folder[".capsule", "tree"], tree.Bytes.ToArray());
        Assert.IsTrue((await TreeReader.VerifyAsync(folder.Path, null, CancellationToken.None)).Succeeded);

        folder.Write("README.md", "other\n");
        folder.Write("new.txt", "");
        File.Delete(folder["bin-old"]);
        var verified = await TreeReader.VerifyAsync(folder.Path, null, CancellationToken.None);
        Assert.AreEqual("CAP2023", TreeOf.Codes(verified));
        CollectionAssert.AreEqual(
            new[] { "'README.md' has another content than the tree document says.", "'bin-old' is missing.", "'new.txt' does not belong to the package." },
            verified.Diagnostics.Select(d => d.Message).ToArray());
    }

    [TestMethod]
    public async Task PipesAreRefusedInsteadOfWaitedFor()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a", "");
        Assert.AreEqual(0, MakePipe(folder["pipe"], 0x180));
        Assert.AreEqual("CAP2025", TreeOf.Codes(await TreeReader.ReadAsync(folder.Path, CancellationToken.None)));
    }

    [TestMethod]
    public async Task MissingFoldersAreUnreadable()
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual("CAP2026", TreeOf.Codes(await TreeReader.ReadAsync(folder["none"], CancellationToken.None)));
        Assert.AreEqual("CAP2026", TreeOf.Codes(await TreeReader.VerifyAsync(folder.Path, null, CancellationToken.None)));
    }

    [TestMethod]
    public async Task FilesThatGrowWhileReadAreRefused()
    {
        using var folder = new TemporaryFolder();
        var file = folder["log"];
        File.WriteAllBytes(file, new byte[64 << 20]);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            while (!stop.IsCancellationRequested)
            {
                stream.WriteByte(1);
            }
        });
        await Task.Delay(50);
        var read = await TreeReader.ReadAsync(folder.Path, CancellationToken.None);
        await stop.CancelAsync();
        await writer;
        // FileShare.Read of the reader may see the writer's lock first: unreadable, or changed. Never a digest.
        Assert.IsTrue(TreeOf.Codes(read) is "CAP2027" or "CAP2026", TreeOf.Codes(read));
    }

    [TestMethod]
    public async Task CancellingStops()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a", "");
        await Assert.ThrowsAsync<OperationCanceledException>(() => TreeReader.ReadAsync(folder.Path, new CancellationToken(true)));
    }

    [TestMethod]
    [DataRow("23212F62696E", true)]
    [DataRow("7F454C4602", true)]
    [DataRow("CFFAEDFE07000001", true)]
    [DataRow("CAFEBABE00000002", true)]
    [DataRow("CAFEBABE00000041", false, DisplayName = "a Java class")]
    [DataRow("4D5A9000", false, DisplayName = "a Windows program is not executable elsewhere")]
    [DataRow("23", false)]
    [DataRow("", false)]
    public void ProgramsAreKnownByTheirFirstBytes(string head, bool expected) =>
        Assert.AreEqual(expected, ContentKind.IsProgram(Convert.FromHexString(head)));

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);

    private static async Task<TreeDocument> Read(TemporaryFolder folder)
    {
        var tree = await TreeReader.ReadAsync(folder.Path, CancellationToken.None);
        Assert.IsTrue(tree.Succeeded, TreeOf.Codes(tree));
        return tree.Value;
    }
}
