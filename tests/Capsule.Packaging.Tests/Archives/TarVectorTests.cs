using Capsule.Core.Diagnostics;
using Capsule.Packaging.Archives;
using Capsule.Packaging.Containers;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Archives;

[TestClass]
public class TarVectorTests
{
    /// <summary>What is refused, and why; everything else is read as GNU tar lists it.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["golang_tar/empty.tar"] = "CAP2100",
        ["golang_tar/nil-uid.tar"] = "CAP2100",
        ["golang_tar/pax-bad-mtime-file.tar"] = "CAP2100",
        ["golang_tar/pax-path-hdr.tar"] = "CAP2100",
        ["golang_tar/pax-pos-size-file.tar"] = "CAP2100",
        ["golang_tar/ustar-file-reg.tar"] = "CAP2100",
        ["node-tar/long-pax.tar"] = "CAP2100",
        ["golang_tar/gnu-multi-hdrs.tar"] = "CAP2101",
        ["golang_tar/issue11169.tar"] = "CAP2101",
        ["golang_tar/issue12435.tar"] = "CAP2101",
        ["golang_tar/pax-multi-hdrs.tar"] = "CAP2101",
        ["node-tar/bad-cksum.tar"] = "CAP2101",
        ["golang_tar/gnu-not-utf8.tar"] = "CAP2102",
        ["golang_tar/issue10968.tar"] = "CAP2102",
        ["golang_tar/neg-size.tar"] = "CAP2102",
        ["node-tar/path-missing.tar"] = "CAP2102",
        ["tar-rs/empty_filename.tar"] = "CAP2102",
        ["golang_tar/hardlink.tar"] = "CAP2103",
        ["node-tar/links-invalid.tar"] = "CAP2103",
        ["node-tar/links-strip.tar"] = "CAP2103",
        ["node-tar/links.tar"] = "CAP2103",
        ["tar-rs/pax2.tar"] = "CAP2103",
        ["golang_tar/hdr-only.tar"] = "CAP2104",
        ["gnu/specialfiles.tar"] = "CAP2104",
        ["oldgnu/specialfiles.tar"] = "CAP2104",
        ["pax/specialfiles.tar"] = "CAP2104",
        ["pax_gea/specialfiles.tar"] = "CAP2104",
        ["ustar/specialfiles.tar"] = "CAP2104",
        ["golang_tar/gnu-nil-sparse-data.tar"] = "CAP2105",
        ["golang_tar/gnu-nil-sparse-hole.tar"] = "CAP2105",
        ["golang_tar/gnu-sparse-big.tar"] = "CAP2105",
        ["golang_tar/pax-nil-sparse-data.tar"] = "CAP2105",
        ["golang_tar/pax-nil-sparse-hole.tar"] = "CAP2105",
        ["golang_tar/pax-sparse-big.tar"] = "CAP2105",
        ["golang_tar/sparse-formats.tar"] = "CAP2105",
        ["tar-rs/sparse-1.tar"] = "CAP2105",
        ["tar-rs/sparse.tar"] = "CAP2105",
        ["golang_tar/gnu-incremental.tar"] = "CAP2106",
        ["golang_tar/writer-big-long.tar"] = "CAP2108",
        ["golang_tar/writer-big.tar"] = "CAP2108",
        ["golang_tar/pax-bad-hdr-file.tar"] = "CAP2110",
        ["golang_tar/pax-global-records.tar"] = "CAP2110",
        ["golang_tar/pax-nul-path.tar"] = "CAP2110",
        ["node-tar/global-header.tar"] = "CAP2110",
    };

    /// <summary>Where the vectors are absent, the one row makes each test say so.</summary>
    public static IEnumerable<object[]> Files => Vectors.Exist
        ? Directory.EnumerateFiles(Vectors.Path("tar"), "*.tar", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => new object[] { string.Join('/', f.Split('/')[^2..]), Path.GetRelativePath(Vectors.Root, f) })
        : [["none", "none"]];

    [TestMethod]
    [DynamicData(nameof(Files))]
    public async Task IsReadAsGnuTarListsItOrRefused(string name, string vector)
    {
        var file = Vectors.Path(vector);
        if (Refused.TryGetValue(name, out var code))
        {
            Assert.AreEqual(code, Assert.Throws<RefusedException>(() => List(file)).Diagnostic.Code);
            return;
        }

        var peer = await Command.RunAsync("tar", ["--list", "--quoting-style=literal", "-f", file], environment: new Dictionary<string, string?> { ["LC_ALL"] = "C.UTF-8" });
        CollectionAssert.AreEqual(peer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('/')).ToArray(), List(file), peer.Error);
    }

    [TestMethod]
    [DynamicData(nameof(Files))]
    public async Task NeverThrowsHangsOrTakesMuchMemory(string name, string vector)
    {
        var file = Vectors.Path(vector);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var before = GC.GetTotalAllocatedBytes();
        var opened = await PackageReader.OpenAsync(file, new PackageReadOptions { IsManifest = _ => true }, limit.Token);
        Assert.IsTrue(opened.Succeeded || opened.Diagnostics[0].Code.StartsWith("CAP2", StringComparison.Ordinal), name);
        Assert.IsLessThan(64 << 20, GC.GetTotalAllocatedBytes() - before);
    }

    [TestMethod]
    public void AreAllThere() => Assert.IsGreaterThan(140, Directory.EnumerateFiles(Vectors.Path("tar"), "*.tar", SearchOption.AllDirectories).Count());

    private static List<string> List(string file)
    {
        var names = new List<string>();
        using var reader = new TarReader(File.OpenRead(file), ArchiveLimits.Default);
        while (reader.Next() is { } member)
        {
            names.Add(member.Name);
        }

        return names;
    }
}
