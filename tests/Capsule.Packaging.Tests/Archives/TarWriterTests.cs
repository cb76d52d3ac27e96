using System.Security.Cryptography;
using System.Text;
using Capsule.Packaging.Archives;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Archives;

[TestClass]
public class TarWriterTests
{
    [TestMethod]
    public void PlainMembersAreExactlyTheseBytes()
    {
        using var bytes = new MemoryStream();
        var tar = new TarWriter(bytes, 1_700_000_000);
        tar.WriteFile("bin/run", "#!/bin/sh\n"u8, executable: true);
        tar.WriteLink("current", "bin/run");
        tar.End();
        Assert.AreEqual((3 * 512) + 1024, bytes.Length);
        var header = Encoding.ASCII.GetString(bytes.ToArray(), 0, 512).Replace('\0', '.');
        Assert.AreEqual("bin/run" + new string('.', 93) + "0000755.0000000.0000000.00000000012.14524770400.010542. 0" + new string('.', 100)
            + "ustar.00" + new string('.', 64) + "0000000.0000000." + new string('.', 167), header);
        Assert.AreEqual("5a3b86887676", Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..12]);
    }

    [TestMethod]
    public async Task GnuTarReadsLongAndForeignNames()
    {
        string[] names =
        [
            new('a', 100), new('b', 101), $"{new string('c', 150)}/{new string('d', 100)}", $"{new string('e', 200)}/{new string('f', 90)}",
            "data/é.txt", "🚀", string.Concat(Enumerable.Repeat(new string('g', 99) + "/", 9)) + "h",
        ];
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder["x.tar"]))
        {
            var tar = new TarWriter(file, 0);
            var expected = TarWriter.EndLength;
            foreach (var name in names)
            {
                tar.WriteFile(name, Encoding.UTF8.GetBytes(name));
                expected += TarWriter.LengthOf(name, Encoding.UTF8.GetByteCount(name));
            }

            tar.WriteLink("link", "data/é.txt");
            tar.WriteLink("long", names[^1]);
            expected += TarWriter.LengthOf("link", 0, "data/é.txt") + TarWriter.LengthOf("long", 0, names[^1]);
            tar.End();
            Assert.AreEqual(expected, file.Length);
        }

        var unpack = await Command.RunAsync("tar", ["-xf", folder["x.tar"], "--one-top-level=out"], folder.Path);
        Assert.AreEqual((0, ""), (unpack.ExitCode, unpack.All));
        foreach (var name in names)
        {
            Assert.AreEqual(name, File.ReadAllText(folder["out", name]));
        }

        Assert.AreEqual("data/é.txt", new FileInfo(folder["out", "link"]).LinkTarget);
        Assert.AreEqual(names[^1], new FileInfo(folder["out", "long"]).LinkTarget);

        using var reader = new TarReader(File.OpenRead(folder["x.tar"]), ArchiveLimits.Default);
        foreach (var name in names)
        {
            Assert.AreEqual(name, reader.Next()?.Name);
        }

        Assert.AreEqual("data/é.txt", reader.Next()?.Target);
        Assert.AreEqual(names[^1], reader.Next()?.Target);
        Assert.IsNull(reader.Next());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task SizesBeyondEightGibibytesAreReadByGnuTar(bool late)
    {
        using var folder = new TemporaryFolder();
        const long Size = (9L << 30) + 5;
        using (var file = File.Create(folder["x.tar"]))
        {
            var tar = new TarWriter(file, 0);
            if (late)
            {
                file.Write(tar.LateHeader("big", Size));
            }
            else
            {
                tar.BeginFile("big", Size, executable: false);
            }

            // A hole in the file stands for the content.
            file.Position += Size;
            tar.EndMember(Size);
            tar.WriteFile("after", "x"u8);
            tar.End();
        }

        var list = await Command.RunAsync("tar", ["-tvf", folder["x.tar"]]);
        Assert.AreEqual(0, list.ExitCode, list.All);
        Assert.Contains(" 9663676421 ", list.Output);
        Assert.Contains(" after\n", list.Output);
    }
}
