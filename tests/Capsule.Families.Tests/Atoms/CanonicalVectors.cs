using System.Text;
using Capsule.Families.Atoms.Canonical;
using Capsule.Tests;

namespace Capsule.Families.Tests.Atoms;

/// <summary>atoms-canon/1 (specs: atoms 5.4).</summary>
[TestClass]
public class CanonicalVectors
{
    private const string Hello = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    [TestMethod]
    [DataRow("a.md=hello\n", Hello)]
    [DataRow("a.md=hello\r\n", Hello)]
    [DataRow("a.md=hello\r", Hello)]
    [DataRow("a.md=hello", Hello)]
    [DataRow("a.md=\u00EF\u00BB\u00BFhello\n", Hello)]
    [DataRow("a.md=hello\n|.gitkeep=|.DS_Store=x|atom.toml=y|.hidden/b.txt=z", Hello)]
    [DataRow("a.md=hello  \n", "f4c22e5249af18d7511714574daaf1e6e59250fc27c0bf91d12420cc6704d7f4")]
    [DataRow("a.md=hello\n\n", "50adea61fa4e77ab111b814716097abfd05f83a207b47eb4529bbd4f54e111e0")]
    [DataRow("a.txt=A\n|b.txt=B\n", "daee1cd25194ae952d046ad9b9c81d3c07dc5332440b58d6d7461b248be56712")]
    [DataRow("a.txt=A|b.txt=B", "daee1cd25194ae952d046ad9b9c81d3c07dc5332440b58d6d7461b248be56712")]
    [DataRow("a.txt=a\n|B.txt=B\n", "ec58a58ad07e6de1ea31420e386e79692611630167cd4c522d81332f0a540fe9")]
    [DataRow("x.bin=\0\r\n\u00FF", "d0585d080e1306012af277c93878dfdff7c00b3e8602893d8361bbcc6e8a791c")]
    [DataRow("x.txt=\u00FF\r\n", "1320b5dc13aa91dbac6eabc346cb655592aef8244a8ed04b8c4b3bdd59b8af4c")]
    [DataRow("a.txt=|b.txt=B\n", "c0cde77fa8fef97d476c10aad3d2d54fcc2f336140d073651c2dcccf1e379fd6")]
    [DataRow("\u00E9.txt=e\n|z.txt=z\n", "6eca4b835112043013f57d2116a6d23f56a845cc6d8aba5b153edaaeaae5fbc6")]
    public void EachHasItsHash(string files, string hash)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in files.Split('|'))
        {
            var (name, content) = (file.Split('=')[0], file.Split('=')[1]);
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllBytes(folder[name], Encoding.Latin1.GetBytes(content));
        }

        Assert.AreEqual(hash, CanonicalBytes.Hash(AtomFiles.List(folder.Path)).Value);
    }

    [TestMethod]
    public void AFileOfManyPiecesIsReadLikeASmallOne()
    {
        // Characters and line ends lie across every border of the pieces.
        var text = string.Concat(Enumerable.Repeat("é\r\n漢\r𝄞\n", 60_000));
        var normal = text.Replace("\r\n", "\n").Replace('\r', '\n');
        for (var shift = 0; shift < 5; shift++)
        {
            using var folder = new TemporaryFolder();
            folder.Write("a.txt", new string('x', shift) + text);
            CollectionAssert.AreEqual(Encoding.UTF8.GetBytes(new string('x', shift) + normal), CanonicalBytes.Read(AtomFiles.List(folder.Path)).Value);
        }
    }

    [TestMethod]
    public void ALateWrongByteMakesAFileBinary()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = [.. Encoding.UTF8.GetBytes(new string('\r', 300_000)), 0xE2, 0x82];
        File.WriteAllBytes(folder["a.txt"], bytes);
        CollectionAssert.AreEqual(bytes, CanonicalBytes.Read(AtomFiles.List(folder.Path)).Value);
    }

    [TestMethod]
    public void OrderIsThatOfTheBytes()
    {
        using var folder = new TemporaryFolder();
        folder.Write("\U0001F600", "last\n");
        folder.Write("\uE000", "first\n");
        folder.Write("a/b", "deep\n");
        folder.Write("a-b", "flat\n");
        Assert.AreEqual("flat\ndeep\nfirst\nlast\n", Encoding.UTF8.GetString(CanonicalBytes.Read(AtomFiles.List(folder.Path)).Value!));
    }

    [TestMethod]
    public async Task WhatIsNoPlainFileIsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("atom.toml", "");
        folder.Write("deep/atom.toml", "");
        folder.Write("a.txt", "");
        folder.Write("A.TXT", "");
        folder.Write("e\u0301", "");
        folder.Write("\u00E9", "");
        File.CreateSymbolicLink(folder["link"], "a.txt");
        await Command.RunAsync("sh", ["-c", "mkfifo pipe && : > \"$(printf 'x\\377')\""], folder.Path);
        var files = AtomFiles.List(folder.Path);
        var refused = string.Join('\n', files.Problems.Select(p => $"{p.Code} {p.Message}"));
        Assert.HasCount(6, files.Problems, refused);
        foreach (var why in (string[])["'link' cannot", "it is a pipe", "cannot hold another atom", "its name is not Unicode", "take it for 'a", "it is a link"])
        {
            StringAssert.Contains(refused, why, StringComparison.OrdinalIgnoreCase);
        }

        Assert.AreEqual("CAP0816", CanonicalBytes.Hash(files).Diagnostics[0].Code);

        // The platform cannot name that file, nor remove it.
        await Command.RunAsync("sh", ["-c", "rm -f x*"], folder.Path);
    }

    [TestMethod]
    public void HashingStopsWhenAsked()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", "hello");
        Assert.ThrowsExactly<OperationCanceledException>(() => CanonicalBytes.Hash(AtomFiles.List(folder.Path), new CancellationToken(canceled: true)));
    }
}
