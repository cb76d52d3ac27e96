using System.Text;
using Capsule.Core.Identity;
using Capsule.Packaging.Containers;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Containers;

[TestClass]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class PackAndReadTests
{
    [TestMethod]
    public async Task WhatWasPackedIsUnpackedWithTheSameIdentity()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        var opened = Project.Value(await PackageReader.OpenAsync(packed.Path, CancellationToken.None));
        Assert.AreEqual(packed.Identity, opened.Tree.Identity);
        Assert.AreEqual(PackageForm.Container, opened.Form);
        Assert.AreEqual(packed.Info, opened.Info);
        Assert.AreEqual("name: hello\nversion: 1.0.0\n", Encoding.UTF8.GetString(opened.Manifest!.Value.Span));
        Assert.AreEqual($"{{\"tree\":\"{packed.Identity}\"}}", Encoding.UTF8.GetString(opened.Attachments["sbom.spdx.json"].Span));
        Assert.AreEqual(packed.Size, new FileInfo(packed.Path).Length);
        Project.Value(await opened.VerifyAsync(CancellationToken.None));

        Project.Value(await opened.ExtractAsync(project["unpacked"], CancellationToken.None));
        Assert.AreEqual("#!/bin/sh\necho hi\n", File.ReadAllText(project["unpacked", "bin", "run"]));
        Assert.AreEqual("bin/run", new FileInfo(project["unpacked", "current"]).LinkTarget);
        Assert.AreEqual((UnixFileMode)0x1ED, File.GetUnixFileMode(project["unpacked", "tool"]));
        Assert.AreEqual((UnixFileMode)0x1A4, File.GetUnixFileMode(project["unpacked", "capability.yml"]));
        Assert.AreEqual(packed.Identity, Project.Value(await TreeReader.VerifyAsync(project["unpacked"], null, CancellationToken.None)).Identity);

        var folder = Project.Value(await PackageReader.OpenAsync(project["unpacked"], CancellationToken.None));
        Assert.AreEqual(PackageForm.Folder, folder.Form);
        Project.Value(await folder.ExtractAsync(project["copy"], CancellationToken.None));
        Assert.AreEqual(packed.Identity, Project.Value(await TreeReader.VerifyAsync(project["copy"], null, CancellationToken.None)).Identity);
        Assert.IsEmpty(Directory.GetFileSystemEntries(project.Folder, ".*"));
    }

    /// <summary>Signatures that a family keeps in its manifest lie outside the tree and still come along.</summary>
    [TestMethod]
    public async Task NativeSignaturesComeAlongOutsideTheTree()
    {
        using var project = Project.Small();
        var plain = await project.PackAsync();
        var packed = Project.Value(await PackagePacker.PackAsync(
            project.Request() with { Attachments = _ => [new PackageAttachment(NativeSignatures.Name, "[signature.a]\n"u8.ToArray())] }, CancellationToken.None));
        Assert.AreEqual(plain.Identity, packed.Identity);
        var opened = Project.Value(await PackageReader.OpenAsync(packed.Path, CancellationToken.None));
        Project.Value(await opened.ExtractAsync(project["unpacked"], CancellationToken.None));
        var folder = Project.Value(await PackageReader.OpenAsync(project["unpacked"], CancellationToken.None));
        Project.Value(await folder.ExtractAsync(project["copy"], CancellationToken.None));
        foreach (var place in (string[])["unpacked", "copy"])
        {
            Assert.AreEqual("[signature.a]\n", File.ReadAllText(project[place, ".capsule", "native-signatures"]));
            Assert.AreEqual(packed.Identity, Project.Value(await TreeReader.VerifyAsync(project[place], null, CancellationToken.None)).Identity);
        }
    }

    [TestMethod]
    public async Task StockToolsOpenIt()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        var list = await Command.RunAsync("tar", ["-tf", packed.Path]);
        Assert.AreEqual("capsule/tree\ncapsule/package.json\ncapsule/manifest/capability.yml\ncapsule/sbom.spdx.json\npayload.tar.zst\n", list.All);
        Directory.CreateDirectory(project["by-tar"]);
        var unpack = await Command.RunAsync("sh", ["-c", $"tar -xOf '{packed.Path}' payload.tar.zst | zstd -dc | tar -xf - -C '{project["by-tar"]}'"]);
        Assert.AreEqual((0, ""), (unpack.ExitCode, unpack.All));
        var check = await Command.RunAsync("sh", ["-c", $"tar -xOf '{packed.Path}' capsule/tree | awk -F'\\t' 'NF==4 && $1!=\"l\"{{print $3\"  \"$4}}' | sha256sum -c --quiet"], project["by-tar"]);
        Assert.AreEqual((0, ""), (check.ExitCode, check.All));
        Assert.AreEqual("bin/run", new FileInfo(project["by-tar", "current"]).LinkTarget);
    }

    [TestMethod]
    public async Task ExistingFoldersAreNeverUnpackedInto()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        Directory.CreateDirectory(project["there"]);
        var opened = Project.Value(await PackageReader.OpenAsync(packed.Path, CancellationToken.None));
        Assert.AreEqual("CAP2116", Project.Codes(await opened.ExtractAsync(project["there"], CancellationToken.None)));
        Assert.IsEmpty(Directory.GetFileSystemEntries(project["there"]));
    }

    [TestMethod]
    public async Task MissingAndForeignFilesAreNamed()
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual("CAP2119", Project.Codes(await PackageReader.OpenAsync(folder["none"], CancellationToken.None)));
        Assert.AreEqual("CAP2213", Project.Codes(await PackageReader.OpenAsync(folder.Path, CancellationToken.None)));
        Assert.AreEqual("CAP2113", Project.Codes(await PackageReader.OpenAsync(folder.Write("text", "no archive"), CancellationToken.None)));
        Assert.AreEqual("CAP2113", Project.Codes(await PackageReader.OpenAsync(folder.Write("empty", ""), CancellationToken.None)));
    }

    [TestMethod]
    public async Task LinesBesideTheFileAreRead()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        Assert.IsNull(Project.Value(await PackageReader.OpenAsync(packed.Path, CancellationToken.None)).SignatureLines);
        File.WriteAllText(packed.Path + ".sigstore.jsonl", "{}\n");
        var opened = Project.Value(await PackageReader.OpenAsync(packed.Path, CancellationToken.None));
        Assert.AreEqual("{}\n", Encoding.UTF8.GetString(opened.SignatureLines!.Value.Span));
        File.WriteAllBytes(packed.Path + ".sigstore.jsonl", new byte[(1 << 20) + 1]);
        Assert.AreEqual("CAP2308", Project.Codes(await PackageReader.OpenAsync(packed.Path, CancellationToken.None)));
    }
}
