using Capsule.Packaging.Archives;
using Capsule.Packaging.Containers;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Containers;

/// <summary>Whatever goes wrong while packing or unpacking is one coded error and leaves nothing behind.</summary>
[TestClass]
public class PackingFailureTests
{
    private static CancellationToken Cancel => CancellationToken.None;

    [TestMethod]
    public async Task AFileThatIsGoneIsNamed()
    {
        using var project = Project.Small();
        File.Delete(Path.Combine(project.Root, "src/main.ts"));
        await Fails(project, "CAP2201", "src/main.ts");
    }

    [TestMethod]
    public async Task AFileThatBecameALinkIsNotFollowed()
    {
        using var project = Project.Small();
        File.Delete(Path.Combine(project.Root, "src/main.ts"));
        File.CreateSymbolicLink(Path.Combine(project.Root, "src/main.ts"), "/etc/hostname");
        await Fails(project, "CAP2200", "src/main.ts");
    }

    [TestMethod]
    public async Task AFolderThatBecameALinkIsNotFollowed()
    {
        using var project = Project.Small();
        Directory.Move(Path.Combine(project.Root, "src"), project["elsewhere"]);
        Directory.CreateSymbolicLink(Path.Combine(project.Root, "src"), project["elsewhere"]);
        await Fails(project, "CAP2200", "'src'");
    }

    /// <summary>A killed packer cannot clean up; the next one does, but only after what nobody writes to any more.</summary>
    [TestMethod]
    public async Task TheHalfOfAKilledPackerIsRemovedByTheNext()
    {
        using var project = Project.Small();
        var target = project.Request().Output;
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(target)!).FullName;
        string Half(string middle) => Path.Combine(folder, $".{Path.GetFileName(target)}.{middle}.tmp");
        foreach (var middle in new[] { "0123456789ab", "ba9876543210", "fedcba987654", "someone.elses" })
        {
            File.WriteAllText(Half(middle), "half");
            File.SetLastWriteTimeUtc(Half(middle), DateTime.UtcNow.AddHours(-1));
        }

        File.SetLastWriteTimeUtc(Half("ba9876543210"), DateTime.UtcNow);
        using var held = new FileStream(Half("fedcba987654"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        File.SetLastWriteTimeUtc(held.SafeFileHandle, DateTime.UtcNow.AddHours(-1));

        Assert.IsTrue((await PackagePacker.PackAsync(project.Request(), Cancel)).Succeeded);

        Assert.IsFalse(File.Exists(Half("0123456789ab")), "it is old and nobody's");
        Assert.IsTrue(File.Exists(Half("ba9876543210")), "it was written to a moment ago");
        Assert.IsTrue(File.Exists(Half("fedcba987654")), "somebody holds it");
        Assert.IsTrue(File.Exists(Half("someone.elses")), "it is no name of ours");
    }

    [TestMethod]
    public async Task ThePackageHasItsManifest()
    {
        using var project = Project.Small();
        var request = project.Request();
        var result = await PackagePacker.PackAsync(request with { Plan = request.Plan with { Manifest = "other.yml" } }, Cancel);
        Assert.AreEqual("CAP2203", Project.Codes(result));
    }

    [TestMethod]
    public async Task EveryBadPathIsNamedAtOnce()
    {
        using var project = Project.Small();
        project.Add("aux.c", "");
        project.Add("zero\u200Bwidth", "");
        var result = await PackagePacker.PackAsync(project.Request(), Cancel);
        Assert.AreEqual("CAP2006 CAP2007", string.Join(' ', result.Diagnostics.Select(d => d.Code)));
    }

    [TestMethod]
    [DataRow("tree")]
    [DataRow("package.json")]
    [DataRow("../x")]
    [DataRow("a/b")]
    [DataRow("twice")]
    public async Task AttachmentsHaveNamesOfTheirOwn(string name)
    {
        using var project = Project.Small();
        PackageAttachment[] attachments = name == "twice" ? [new(name, default), new(name, default)] : [new(name, default)];
        var result = await PackagePacker.PackAsync(project.Request() with { Attachments = _ => attachments }, Cancel);
        Assert.AreEqual("CAP2204", Project.Codes(result));
        Assert.IsEmpty(Directory.GetFileSystemEntries(project["out"]));
    }

    [TestMethod]
    public async Task ALargeFileThatChangesBetweenReadingAndWritingIsAnError()
    {
        using var project = Project.Small();
        var large = project.Add("large.bin", "");
        File.WriteAllBytes(large, new byte[1 << 20]);
        var request = project.Request() with
        {
            // Called after everything was hashed and before the payload is written.
            Attachments = _ =>
            {
                using var file = File.OpenWrite(large);
                file.WriteByte(1);
                return [];
            },
        };
        var result = await PackagePacker.PackAsync(request, Cancel);
        Assert.AreEqual("CAP2202", Project.Codes(result));
        Assert.IsEmpty(Directory.GetFileSystemEntries(project["out"]));
    }

    [TestMethod]
    public async Task WhatReadersWouldRefuseIsNotWritten()
    {
        using var project = Project.Small();
        Assert.AreEqual("CAP2107", Project.Codes(await PackagePacker.PackAsync(project.Request() with { Limits = new ArchiveLimits { MaxEntries = 3 } }, Cancel)));
        Assert.AreEqual("CAP2108", Project.Codes(await PackagePacker.PackAsync(project.Request() with { Limits = new ArchiveLimits { MaxMetadataBytes = 100 } }, Cancel)));
        project.AddBytes("zeros", new byte[70 << 20]);
        Assert.AreEqual("CAP2109", Project.Codes(await PackagePacker.PackAsync(project.Request(), Cancel)));
        Assert.IsEmpty(Directory.GetFileSystemEntries(project["out"]));
    }

    [TestMethod]
    public async Task CancellingLeavesNothing()
    {
        using var project = Project.Small();
        using var cancel = new CancellationTokenSource();
        var request = project.Request() with
        {
            Attachments = _ =>
            {
                cancel.Cancel();
                return [];
            },
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => PackagePacker.PackAsync(request, cancel.Token));
        Assert.IsEmpty(Directory.GetFileSystemEntries(project["out"]));
    }

    [TestMethod]
    public async Task CancellingAnExtractionLeavesNothing()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        var opened = Project.Value(await PackageReader.OpenAsync(packed.Path, Cancel));
        await Assert.ThrowsAsync<OperationCanceledException>(() => opened.ExtractAsync(project["unpacked"], new CancellationToken(true)));
        Assert.IsEmpty(Directory.GetFileSystemEntries(project.Folder, "*unpacked*"));
    }

    [TestMethod]
    public async Task AnOldPackageStaysWhenANewOneFails()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        File.Delete(Path.Combine(project.Root, "src/main.ts"));
        await Fails(project, "CAP2201", "src/main.ts", left: 1);
        Project.Value(await PackageReader.OpenAsync(packed.Path, Cancel));
    }

    [TestMethod]
    public async Task AFullDiskLeavesNothing()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("A file system of its own needs root.");
        }

        using var project = Project.Small();
        var noise = new byte[3 << 20];
        new Random(1).NextBytes(noise);
        project.AddBytes("noise", noise);
        var packed = await project.PackAsync();
        var small = project["small"];
        Directory.CreateDirectory(small);
        Assert.AreEqual(0, (await Command.RunAsync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", small])).ExitCode);
        try
        {
            var full = await PackagePacker.PackAsync(project.Request() with { Output = Path.Combine(small, "x.capakit") }, Cancel);
            Assert.AreEqual("CAP2117", Project.Codes(full));
            Assert.IsEmpty(Directory.GetFileSystemEntries(small));

            var opened = Project.Value(await PackageReader.OpenAsync(packed.Path, Cancel));
            Assert.AreEqual("CAP2117", Project.Codes(await opened.ExtractAsync(Path.Combine(small, "unpacked"), Cancel)));
            Assert.IsEmpty(Directory.GetFileSystemEntries(small));
        }
        finally
        {
            await Command.RunAsync("umount", [small]);
        }
    }

    [TestMethod]
    public async Task AFolderThatCannotBeMadeIsNamed()
    {
        using var project = Project.Small();
        project.Add("file", "");
        var result = await PackagePacker.PackAsync(project.Request() with { Output = Path.Combine(project.Root, "file", "x.capakit") }, Cancel);
        Assert.AreEqual("CAP2118", Project.Codes(result));
    }

    [TestMethod]
    [DataRow(null, 0L)]
    [DataRow("", 0L)]
    [DataRow("1700000000", 1_700_000_000L)]
    public void TheSourceDateIsSecondsSince1970(string? text, long expected) =>
        Assert.AreEqual(expected, Project.Value(SourceDate.Parse(text)).Time.ToUnixTimeSeconds());

    [TestMethod]
    [DataRow("-1")]
    [DataRow("now")]
    [DataRow("1.5")]
    [DataRow(" 1")]
    [DataRow("8589934592")]
    public void OtherSourceDatesAreRefused(string text) => Assert.AreEqual("CAP2205", Project.Codes(SourceDate.Parse(text)));

    private static async Task Fails(Project project, string code, string says, int left = 0)
    {
        var result = await PackagePacker.PackAsync(project.Request(), Cancel);
        Assert.AreEqual(code, Project.Codes(result));
        Assert.Contains(says, result.Diagnostics[0].Message);
        Assert.AreEqual(left, Directory.Exists(project["out"]) ? Directory.GetFileSystemEntries(project["out"]).Length : 0);
    }
}
