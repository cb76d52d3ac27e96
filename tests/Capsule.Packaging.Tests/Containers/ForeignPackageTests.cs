using System.Text;
using Capsule.Core.Identity;
using Capsule.Packaging.Containers;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Containers;

/// <summary>Kits that other tools packed: any stock archive with the manifest at its root or in its only top folder.</summary>
[TestClass]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class ForeignPackageTests
{
    private static readonly PackageReadOptions Kits = new() { IsManifest = name => name == "capability.yml" };

    private static CancellationToken Cancel => CancellationToken.None;

    [TestMethod]
    [DataRow("tar -cf OUT -C project .")]
    [DataRow("tar -cf OUT --format=v7 -C project capability.yml bin current src tool")]
    [DataRow("tar -cf OUT --format=gnu project")]
    [DataRow("tar -cf OUT --format=pax project")]
    [DataRow("tar -czf OUT project")]
    [DataRow("tar -c project | zstd -q -o OUT")]
    [DataRow("cd project && zip -qry OUT .")]
    [DataRow("zip -qry OUT project")]
    public async Task AreReadAndUnpackedWithTheTreeTheyHave(string pack)
    {
        using var folder = Source();
        var expected = Project.Value(await TreeReader.ReadAsync(folder["project"], Cancel));
        var made = await Command.RunAsync("sh", ["-c", pack.Replace("OUT", folder["x.capakit"], StringComparison.Ordinal)], folder.Path);
        Assert.AreEqual(0, made.ExitCode, made.All);
        if (!File.Exists(folder["x.capakit"]))
        {
            // zip appends its own extension to names it does not know.
            File.Move(folder["x.capakit.zip"], folder["x.capakit"]);
        }

        var opened = Project.Value(await PackageReader.OpenAsync(folder["x.capakit"], Kits, Cancel));
        Assert.AreEqual(PackageForm.Archive, opened.Form);
        Assert.AreEqual(Encoding.UTF8.GetString(expected.Bytes.Span), Encoding.UTF8.GetString(opened.Tree.Bytes.Span));
        Assert.AreEqual("name: hello\n", Encoding.UTF8.GetString(opened.Manifest!.Value.Span));
        Assert.AreEqual("capability.yml", opened.Info.Manifest);
        Project.Value(await opened.VerifyAsync(Cancel));
        Project.Value(await opened.ExtractAsync(folder["unpacked"], Cancel));
        Assert.AreEqual(expected.Identity, Project.Value(await TreeReader.VerifyAsync(folder["unpacked"], null, Cancel)).Identity);
    }

    [TestMethod]
    [DataRow("tar -cf OUT -C project bin tool", "CAP2121")]
    [DataRow("mkdir other && touch other/x && tar -cf OUT project other", "CAP2121")]
    [DataRow("mkdir outer && mv project outer/ && tar -cf OUT outer", "CAP2121")]
    [DataRow("zip -qr -P secret OUT project", "CAP2122")]
    [DataRow("ln project/tool project/tool2 && tar -cf OUT project", "CAP2103")]
    [DataRow("mkfifo project/pipe && tar -cf OUT project", "CAP2104")]
    [DataRow("ln -s /etc/passwd project/out && zip -qry OUT project", "CAP2014")]
    [DataRow("touch project/TOOL && zip -qr OUT project", "CAP2010")]
    [DataRow("printf '\\037\\213garbage' > OUT", "CAP2112")]
    [DataRow("printf 'PK\\003\\004garbage' > OUT", "CAP2100")]
    [DataRow("printf '\\050\\265\\057\\375garbage' > OUT", "CAP2112")]
    [DataRow("tar -czf full project && head -c 150 full > OUT", "CAP2100")]
    public async Task OthersAreRefusedWithOneCode(string pack, string code)
    {
        using var folder = Source();
        var made = await Command.RunAsync("sh", ["-c", pack.Replace("OUT", "x.zip", StringComparison.Ordinal)], folder.Path);
        Assert.AreEqual(0, made.ExitCode, made.All);
        Assert.AreEqual(code, Project.Codes(await PackageReader.OpenAsync(folder["x.zip"], Kits, Cancel)));
    }

    private static TemporaryFolder Source()
    {
        var folder = new TemporaryFolder();
        folder.Write("project/capability.yml", "name: hello\n");
        folder.Write("project/bin/run", "#!/bin/sh\n");
        folder.Write("project/src/main.ts", "export {}\n");
        File.SetUnixFileMode(folder.Write("project/tool", "x"), (UnixFileMode)0x1A4);
        File.CreateSymbolicLink(folder["project", "current"], "bin/run");
        return folder;
    }
}
