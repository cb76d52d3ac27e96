using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Packaging.Archives;
using Capsule.Packaging.Containers;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Containers;

[TestClass]
public class TamperedContainerTests
{
    private static CancellationToken Cancel => CancellationToken.None;

    [TestMethod]
    public async Task EveryFlippedByteIsRefusedOrOutsideTheIdentity()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        var bytes = File.ReadAllBytes(packed.Path);
        var path = project["flipped.capakit"];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(path, bytes);
            bytes[i] ^= (byte)(1 << (i % 8));
            var opened = await PackageReader.OpenAsync(path, Cancel);
            var verified = opened.Succeeded ? await opened.Value.VerifyAsync(Cancel) : null;
            var problem = opened.Diagnostics.Concat(verified?.Diagnostics ?? []).FirstOrDefault();
            if (problem is not null)
            {
                Assert.StartsWith("CAP2", problem.Code, $"byte {i}");
            }
            else
            {
                Assert.AreEqual(packed.Identity, verified!.Value!.Identity, $"byte {i}");
            }
        }
    }

    [TestMethod]
    [DataRow("no tree first", "CAP2121 CAP2113")]
    [DataRow("no package.json", "CAP2210")]
    [DataRow("no manifest", "CAP2210")]
    [DataRow("no payload", "CAP2210")]
    [DataRow("unknown member", "CAP2210")]
    [DataRow("after payload", "CAP2210")]
    [DataRow("attachment twice", "CAP2210")]
    [DataRow("another schema", "CAP2211")]
    [DataRow("duplicate key", "CAP2211")]
    [DataRow("no json", "CAP2211")]
    [DataRow("no text", "CAP2211")]
    [DataRow("another manifest", "CAP2212")]
    [DataRow("file missing in payload", "CAP2120")]
    [DataRow("file added to payload", "CAP2120")]
    [DataRow("file twice in payload", "CAP2120")]
    [DataRow("file changed in payload", "CAP2120")]
    [DataRow("link instead of file", "CAP2120")]
    [DataRow("path out of payload", "CAP2003")]
    [DataRow("not canonical", "CAP2022")]
    public async Task OneThingWrongIsOneCode(string wrong, string codes)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x.capakit"], Build(wrong));
        var opened = await PackageReader.OpenAsync(folder["x.capakit"], Cancel);
        var result = opened.Succeeded ? await opened.Value.ExtractAsync(folder["out"], Cancel) : Result.Failed<Core.Identity.TreeDocument>(opened.Diagnostics);
        Assert.Contains(Project.Codes(result), codes.Split(' '));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task TheSameContainerWithNothingWrongIsFine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x.capakit"], Build("nothing"));
        Project.Value(await Project.Value(await PackageReader.OpenAsync(folder["x.capakit"], Cancel)).ExtractAsync(folder["out"], Cancel));
    }

    private static byte[] Build(string wrong)
    {
        var manifest = Encoding.UTF8.GetBytes("name: x\n");
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(manifest));
        var tree = $"capsule-tree/1\nf\t8\t{digest}\ta.yml\nf\t8\t{digest}\tb\n";
        using var bytes = new MemoryStream();
        var tar = new TarWriter(bytes, 0);
        if (wrong != "no tree first")
        {
            tar.WriteFile("capsule/tree", Encoding.UTF8.GetBytes(wrong == "not canonical" ? tree.Replace("f\t8", "f\t08", StringComparison.Ordinal) : tree));
        }

        if (wrong != "no package.json")
        {
            tar.WriteFile("capsule/package.json", Encoding.UTF8.GetBytes(wrong switch
            {
                "another schema" => """{"family":"kit","manifest":"a.yml","name":"x","schema":"capsule-package/2"}""",
                "duplicate key" => """{"family":"kit","manifest":"a.yml","name":"x","name":"y","schema":"capsule-package/1"}""",
                "no json" => "{",
                "no text" => """{"family":"\ud800","manifest":"a.yml","name":"x","schema":"capsule-package/1"}""",
                _ => """{"family":"kit","manifest":"a.yml","name":"x","schema":"capsule-package/1"}""",
            }));
        }

        if (wrong != "no manifest")
        {
            tar.WriteFile("capsule/manifest/a.yml", wrong == "another manifest" ? "name: y\n"u8 : manifest);
        }

        if (wrong == "unknown member")
        {
            tar.WriteFile("install.sh", "x"u8);
        }

        for (var i = 0; i < (wrong == "attachment twice" ? 2 : 1); i++)
        {
            tar.WriteFile("capsule/sbom.spdx.json", "{}"u8);
        }

        if (wrong != "no payload")
        {
            tar.WriteFile("payload.tar.zst", Payload(wrong, manifest));
        }

        if (wrong == "after payload")
        {
            tar.WriteFile("capsule/late.json", "{}"u8);
        }

        tar.End();
        return bytes.ToArray();
    }

    private static byte[] Payload(string wrong, byte[] content)
    {
        using var plain = new MemoryStream();
        var tar = new TarWriter(plain, 0);
        tar.WriteFile("a.yml", content);
        if (wrong == "link instead of file")
        {
            tar.WriteLink("b", "a.yml");
        }
        else if (wrong != "file missing in payload")
        {
            tar.WriteFile("b", wrong == "file changed in payload" ? "name: y\n"u8 : content);
        }

        if (wrong is "file added to payload" or "file twice in payload" or "path out of payload")
        {
            tar.WriteFile(wrong switch { "file added to payload" => "c", "file twice in payload" => "b", _ => "../b" }, content);
        }

        tar.End();
        using var packed = new MemoryStream();
        using var frame = new Capsule.Packaging.Compression.ZstdCompressor(packed, plain.Length);
        frame.Write(plain.ToArray());
        frame.Finish();
        return packed.ToArray();
    }
}
