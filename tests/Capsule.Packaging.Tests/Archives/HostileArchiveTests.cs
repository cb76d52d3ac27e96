using System.IO.Compression;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Packaging.Archives;
using Capsule.Packaging.Compression;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Tests.Containers;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Archives;

/// <summary>Archives made to do harm: each gives one coded refusal, and nothing appears outside or inside the target.</summary>
[TestClass]
public class HostileArchiveTests
{
    private static readonly PackageReadOptions Kits = new() { IsManifest = name => name == "capability.yml" };

    [TestMethod]
    [DataRow("../outside", "CAP2003")]
    [DataRow("a/../../outside", "CAP2003")]
    [DataRow("/etc/outside", "CAP2002")]
    [DataRow("a//b", "CAP2002")]
    [DataRow("C:/outside", "CAP2004")]
    [DataRow("a\\..\\outside", "CAP2004")]
    [DataRow("nul.txt", "CAP2006")]
    [DataRow("Capability.yml", "CAP2010")]
    [DataRow("capability.yml", "CAP2011")]
    [DataRow("capability.yml/below", "CAP2012")]
    [DataRow(".capsule/tree", "CAP2018")]
    [DataRow("e\u0301", "CAP2009")]
    [DataRow("invisible\u200B", "CAP2007")]
    public Task NamesThatLeadElsewhereAreRefused(string name, string code) =>
        IsRefused(tar => tar.WriteFile(name, "x"u8), code);

    [TestMethod]
    public Task LongNamesAreRefused() => IsRefused(tar => tar.WriteFile(string.Concat(Enumerable.Repeat("folder/", 147)) + "x", "x"u8), "CAP2000");

    [TestMethod]
    [DataRow("../outside", "CAP2015")]
    [DataRow("/etc/passwd", "CAP2014")]
    [DataRow("nothing", "CAP2016")]
    [DataRow("self", "CAP2017")]
    public Task LinksThatLeadElsewhereAreRefused(string target, string code) => IsRefused(tar => tar.WriteLink("self", target), code);

    [TestMethod]
    public Task WritingThroughALinkIsRefused() => IsRefused(
        tar =>
        {
            tar.WriteFile("real/x", "x"u8);
            tar.WriteLink("via", "real");
            tar.WriteFile("via/y", "y"u8);
        },
        "CAP2013");

    [TestMethod]
    public Task ALinkAndThenAFileOfItsNameAreRefused() => IsRefused(
        tar =>
        {
            tar.WriteLink("x", "capability.yml");
            tar.WriteFile("x", "y"u8);
        },
        "CAP2011");

    [TestMethod]
    [DataRow('1', "CAP2103")]
    [DataRow('3', "CAP2104")]
    [DataRow('4', "CAP2104")]
    [DataRow('6', "CAP2104")]
    [DataRow('S', "CAP2105")]
    [DataRow('D', "CAP2106")]
    [DataRow('V', "CAP2106")]
    [DataRow('Z', "CAP2106")]
    public Task OtherKindsAreRefused(char kind, string code) => IsRefused(RawTar.Member("x", kind, 0), code);

    [TestMethod]
    public Task ASizeBeyondTheLimitIsRefusedBeforeAnythingIsRead() => IsRefused(RawTar.Member("x", '0', (8L << 30) + 1), "CAP2108");

    [TestMethod]
    public Task AStatedSizeThatIsNotThereIsRefused() => IsRefused(RawTar.Member("x", '0', 1 << 30), "CAP2100");

    [TestMethod]
    public Task HugeExtendedHeadersAreRefused() => IsRefused(RawTar.Member("x", 'x', 1 << 30), "CAP2101");

    [TestMethod]
    [DataRow("9 path=\n", "CAP2110")]
    [DataRow("99999999999 path=x\n", "CAP2110")]
    [DataRow("-1 path=x\n", "CAP2110")]
    [DataRow("12 path=x\0y\n", "CAP2110")]
    [DataRow("12 size=-12\n", "CAP2110")]
    [DataRow("29 size=99999999999999999999\n", "CAP2110")]
    [DataRow("22 GNU.sparse.major=1\n", "CAP2105")]
    [DataRow("21 hdrcharset=BINARY\n", "CAP2110")]
    public Task BrokenExtendedHeadersAreRefused(string records, string code) =>
        IsRefused([.. RawTar.Member("x", 'x', Encoding.UTF8.GetByteCount(records), Encoding.UTF8.GetBytes(records)), .. RawTar.Member("y", '0', 0)], code);

    [TestMethod]
    public Task DataAfterTheEndIsRefused() => IsRefused([.. new byte[1024], .. RawTar.Member("hidden", '0', 0)], "CAP2111");

    [TestMethod]
    public Task MoreMembersThanAllowedAreRefused() => IsRefused(
        tar =>
        {
            for (var i = 0; i < 20; i++)
            {
                tar.WriteFile($"file-{i}", []);
            }
        },
        "CAP2107",
        Kits with { Limits = new ArchiveLimits { MaxEntries = 20 } });

    [TestMethod]
    [DataRow("zst")]
    [DataRow("gz")]
    [DataRow("zip")]
    public async Task BombsAreRefusedWithoutTouchingTheDisk(string format)
    {
        using var folder = new TemporaryFolder();
        var bomb = folder["bomb.capakit"];
        const long Size = 300L << 20;
        using (var file = File.Create(bomb))
        {
            if (format == "zip")
            {
                using var zip = new ZipArchive(file, ZipArchiveMode.Create);
                using var entry = zip.CreateEntry("capability.yml").Open();
                Zeros(entry, Size);
            }
            else
            {
                var length = TarWriter.LengthOf("capability.yml", Size) + TarWriter.EndLength;
                using Stream packed = format == "gz" ? new GZipStream(file, CompressionLevel.SmallestSize) : new ZstdCompressor(file, length);
                var tar = new TarWriter(packed, 0);
                tar.BeginFile("capability.yml", Size, executable: false);
                Zeros(packed, Size);
                tar.EndMember(Size);
                tar.End();
                (packed as ZstdCompressor)?.Finish();
            }
        }

        var before = GC.GetTotalAllocatedBytes();
        var opened = await PackageReader.OpenAsync(bomb, Kits, CancellationToken.None);
        Assert.AreEqual("CAP2109", Project.Codes(opened));
        Assert.AreEqual(ExitCode.Refused, opened.Exit);
        Assert.IsLessThan(64 << 20, GC.GetTotalAllocatedBytes() - before);
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task AZipWithAnEndlessDirectoryIsRefusedBeforeItIsRead()
    {
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder["x.zip"]))
        {
            file.Write("PK\u0003\u0004"u8);
            file.Position = 40 << 20;
            // An end record that counts one member and lets the directory start at byte 4.
            file.Write([0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 46, 0, 0, 0, 4, 0, 0, 0, 0, 0]);
        }

        Assert.AreEqual("CAP2107", Project.Codes(await PackageReader.OpenAsync(folder["x.zip"], Kits, CancellationToken.None)));
    }

    [TestMethod]
    public async Task ATreeThatClaimsTooMuchIsRefusedBeforeItIsUnpacked()
    {
        using var folder = new TemporaryFolder();
        var manifest = Encoding.UTF8.GetBytes("name: x\n");
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(manifest));
        var tree = Encoding.UTF8.GetBytes($"capsule-tree/1\nf\t{manifest.Length}\t{digest}\tcapability.yml\nf\t5000000000\t{digest}\tzeros\n");
        using (var file = File.Create(folder["claim.capakit"]))
        {
            var tar = new TarWriter(file, 0);
            tar.WriteFile("capsule/tree", tree);
            tar.WriteFile("capsule/package.json", """{"family":"kit","manifest":"capability.yml","name":"x","schema":"capsule-package/1"}"""u8);
            tar.WriteFile("capsule/manifest/capability.yml", manifest);
            tar.WriteFile("payload.tar.zst", "x"u8);
            tar.End();
        }

        Assert.AreEqual("CAP2109", Project.Codes(await PackageReader.OpenAsync(folder["claim.capakit"], CancellationToken.None)));
    }

    [TestMethod]
    public async Task TruncatedAnywhereItIsRefused()
    {
        using var folder = new TemporaryFolder();
        var whole = Archive(tar => tar.WriteFile("data", new byte[700]));
        for (var length = 0; length < whole.Length - 1024; length += 100)
        {
            File.WriteAllBytes(folder["cut"], whole[..length]);
            Assert.IsTrue(Project.Codes(await PackageReader.OpenAsync(folder["cut"], Kits, CancellationToken.None)) is "CAP2100" or "CAP2113", $"{length}");
        }
    }

    internal static byte[] Archive(Action<TarWriter> add)
    {
        using var bytes = new MemoryStream();
        var tar = new TarWriter(bytes, 0);
        tar.WriteFile("capability.yml", "name: x\n"u8);
        add(tar);
        tar.End();
        return bytes.ToArray();
    }

    private static Task IsRefused(Action<TarWriter> add, string code, PackageReadOptions? options = null) => RefusedAsync(Archive(add), code, options ?? Kits);

    private static Task IsRefused(byte[] members, string code) => RefusedAsync([.. Archive(_ => { })[..^1024], .. members, .. new byte[1024]], code, Kits);

    private static async Task RefusedAsync(byte[] archive, string code, PackageReadOptions options)
    {
        using var folder = new TemporaryFolder();
        var path = folder["deep", "x.capakit"];
        Directory.CreateDirectory(folder["deep"]);
        File.WriteAllBytes(path, archive);
        var opened = await PackageReader.OpenAsync(path, options, CancellationToken.None);
        Assert.AreEqual(code, Project.Codes(opened));
        Assert.IsNotEmpty(opened.Diagnostics[0].Hint);
        Assert.HasCount(2, Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories));
    }

    private static void Zeros(Stream target, long count)
    {
        var zeros = new byte[1 << 20];
        for (; count > 0; count -= zeros.Length)
        {
            target.Write(zeros);
        }
    }
}
