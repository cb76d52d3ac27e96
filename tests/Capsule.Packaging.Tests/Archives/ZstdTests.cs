using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Packaging.Compression;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Archives;

[TestClass]
public class ZstdTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(300_000)]
    [DataRow(600_000)]
    [DataRow(21_000_000)]
    public void TheNumberOfThreadsDoesNotShow(int length)
    {
        var content = Content(length);
        var one = Compress(content, 1, content.Length);
        CollectionAssert.AreEqual(one, Compress(content, 2, 4096));
        CollectionAssert.AreEqual(one, Compress(content, 7, 1 << 20));
        using var plain = new MemoryStream();
        using (var unpack = new ZstdDecompressor(new MemoryStream(one)))
        {
            unpack.CopyTo(plain);
        }

        CollectionAssert.AreEqual(SHA256.HashData(content), SHA256.HashData(plain.ToArray()));
    }

    [TestMethod]
    public async Task TheReferenceProgramReadsIt()
    {
        using var folder = new TemporaryFolder();
        var content = Content(9_000_000);
        File.WriteAllBytes(folder["x.zst"], Compress(content, 2, 1 << 16));
        var test = await Command.RunAsync("zstd", ["-q", "-d", folder["x.zst"]]);
        Assert.AreEqual(0, test.ExitCode, test.All);
        CollectionAssert.AreEqual(SHA256.HashData(content), SHA256.HashData(File.ReadAllBytes(folder["x"])));
        var list = await Command.RunAsync("zstd", ["-lv", folder["x.zst"]]);
        Assert.Contains("Check: XXH64", list.Output);
        Assert.Contains("9000000 B", list.Output);
    }

    [TestMethod]
    public void CutAndBrokenFramesAreRefused()
    {
        var frame = Compress(Content(200_000), 1, 200_000);
        Assert.AreEqual("CAP2100", Unpack(frame[..^5]));
        Assert.AreEqual("CAP2100", Unpack(frame[..20]));
        frame[^1] ^= 1;
        Assert.AreEqual("CAP2112", Unpack(frame));
        Assert.AreEqual("CAP2112", Unpack([.. "no frame at all"u8]));
    }

    [TestMethod]
    public void AWrongSizeIsRefusedByTheLibrary()
    {
        using var sink = new MemoryStream();
        using var frame = new ZstdCompressor(sink, 10);
        frame.Write(new byte[5]);
        Assert.AreEqual("CAP2115", Assert.Throws<RefusedException>(frame.Finish).Diagnostic.Code);
    }

    [TestMethod]
    public void WithoutTheLibraryTheErrorSaysWhatToInstall()
    {
        var refused = Assert.Throws<RefusedException>(() => ZstdLibrary.Require<int>(() => throw new DllNotFoundException("libzstd.so.1 is not installed.")));
        Assert.AreEqual("CAP2114", refused.Diagnostic.Code);
        Assert.Contains("apt-get install libzstd1", refused.Diagnostic.Hint);
        Assert.AreEqual(ExitCode.MissingInput, refused.Diagnostic.Kind.Exit);
    }

    [TestMethod]
    public void TheVersionIsKnown() => Assert.IsTrue(Version.Parse(ZstdLibrary.Version) >= new Version(1, 5, 0));

    private static string? Unpack(byte[] frame) => Assert.Throws<RefusedException>(() =>
    {
        using var unpack = new ZstdDecompressor(new MemoryStream(frame));
        unpack.CopyTo(Stream.Null);
    }).Diagnostic.Code;

    private static byte[] Compress(byte[] content, int workers, int piece)
    {
        using var sink = new MemoryStream();
        using var frame = new ZstdCompressor(sink, content.Length, workers);
        for (var i = 0; i < content.Length; i += piece)
        {
            frame.Write(content.AsSpan(i, Math.Min(piece, content.Length - i)));
        }

        frame.Finish();
        return sink.ToArray();
    }

    /// <summary>Something between text and noise, always the same.</summary>
    private static byte[] Content(int length)
    {
        var random = new Random(7);
        var content = new byte[length];
        random.NextBytes(content);
        for (var i = 0; i < length; i++)
        {
            content[i] = i > 1000 && (i >> 6) % 3 != 0 ? content[i - 997] : (byte)(content[i] & 0x3F);
        }

        return content;
    }
}
