using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Capsule.Distribution.Sources;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Sources;

/// <summary>Package files of others, unpacked by their content.</summary>
[TestClass]
public sealed class KeepingArchives : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task EveryFormOfTheSameFilesIsKeptOnce()
    {
        var places = new HashSet<string>();
        foreach (var (name, write) in new (string, Action<string>)[] { ("a.tar", Tar), ("b.capakit", GZip), ("c.zip", Zip), ("d.capakit", file => Zip(file, "hello/")) })
        {
            write(_folder[name]);
            var kept = await KeepAsync(name);
            Assert.IsTrue(kept.Succeeded, $"{name}: {kept.Diagnostics.FirstOrDefault()?.Message}");
            places.Add(kept.Value.Folder);
            Assert.AreEqual("x", await File.ReadAllTextAsync(Path.Combine(kept.Value.Folder, "capability.yml")));
        }

        Assert.HasCount(1, places);
        await File.WriteAllTextAsync(Path.Combine(places.Single(), "capability.yml"), "changed");
        Assert.AreEqual("CAP4313", (await KeepAsync("a.tar")).Diagnostics[0].Code);
    }

    [TestMethod]
    public async Task WhatIsHostileLeavesNothing()
    {
        using (var file = File.Create(_folder["up.capakit"]))
        using (var tar = new TarWriter(file))
        {
            Add(tar, "capability.yml", "x");
            Add(tar, "../../outside", "x");
        }

        await File.WriteAllTextAsync(_folder["text.capakit"], "not even a package");
        Zip(_folder["deep.capakit"], "a/b/");
        using (var file = File.Create(_folder["bomb.capakit"]))
        using (var gzip = new GZipStream(file, CompressionLevel.SmallestSize))
        using (var tar = new TarWriter(gzip))
        {
            Add(tar, "capability.yml", "x");
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "zeros") { DataStream = new MemoryStream(new byte[80 << 20]) });
        }

        foreach (var (name, code) in new[] { ("up.capakit", "CAP20"), ("text.capakit", "CAP2113"), ("deep.capakit", "CAP2121"), ("bomb.capakit", "CAP2109") })
        {
            var kept = await KeepAsync(name);
            Assert.IsFalse(kept.Succeeded, name);
            StringAssert.StartsWith(kept.Diagnostics[0].Code, code, name);
        }

        Assert.IsFalse(Directory.Exists(_folder["home"]) && Directory.EnumerateFileSystemEntries(_folder["home"], "*", SearchOption.AllDirectories).Any(e => !e.EndsWith("archives", StringComparison.Ordinal)));
        Assert.IsFalse(File.Exists(_folder["outside"]));
    }

    private Task<Core.Diagnostics.Result<KeptArchive>> KeepAsync(string name) =>
        new ArchiveStore(_folder["home"], n => n == "capability.yml").KeepAsync(_folder[name], CancellationToken.None);

    private static void Tar(string path)
    {
        using var file = File.Create(path);
        Tar(file);
    }

    private static void GZip(string path)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        Tar(gzip);
    }

    private static void Tar(Stream stream)
    {
        using var tar = new TarWriter(stream);
        Add(tar, "capability.yml", "x");
        Add(tar, "workloads/a/index.ts", "y");
    }

    private static void Zip(string path) => Zip(path, "");

    private static void Zip(string path, string top)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, content) in new[] { ("capability.yml", "x"), ("workloads/a/index.ts", "y") })
        {
            using var entry = zip.CreateEntry(top + name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }
    }

    private static void Add(TarWriter tar, string name, string content) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
}
