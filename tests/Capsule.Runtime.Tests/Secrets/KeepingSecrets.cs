using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Tests.Supervision;
using Capsule.Tests;
using Capsule.Trust.Keys;

namespace Capsule.Runtime.Tests.Secrets;

/// <summary>Values that a user keeps: encrypted, private, whole, and bound to their name and place.</summary>
[TestClass]
public sealed class KeepingSecrets : IDisposable
{
    private const string Value = "sk-live-0123456789abcdef";
    private static readonly SecretPlace Hello = SecretPlace.OfPackage("acme", "hello");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private SecretStore Store => new(_folder["secrets"]);

    [TestMethod]
    public void AValueComesBackAndStandsInNoFile()
    {
        Assert.IsEmpty(Store.List(Hello).Value!);
        Assert.IsFalse(Directory.Exists(_folder["secrets"]), "looking makes nothing");
        Keep(Hello, "api_key", Value);
        Keep(Hello, "other", "ü\n" + Value);
        Keep(SecretPlace.Vault, "api_key", "another");
        Assert.AreEqual((Value, "ü\n" + Value, "another"), (Read(Hello, "api_key"), Read(Hello, "other"), Read(SecretPlace.Vault, "api_key")));
        Assert.AreEqual("api_key,other", string.Join(',', Store.List(Hello).Value!));
        foreach (var file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.AreEqual("-rw-------", Mode(file), file);
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            Assert.IsFalse(text.Contains("sk-live", StringComparison.Ordinal) || text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(Value))[..12], StringComparison.Ordinal), file);
        }

        foreach (var folder in Directory.GetDirectories(_folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.AreEqual("drwx------", Mode(folder), folder);
        }

        Keep(Hello, "api_key", "new");
        Assert.AreEqual("new", Read(Hello, "api_key"));
        Assert.AreEqual("CAP5705", Store.Set(Hello, "api_key", Secret.FromText("x"), replace: false)!.Code);
        Assert.IsNull(Store.Remove(Hello, "api_key"));
        Assert.AreEqual("CAP5704", Store.Remove(Hello, "api_key")!.Code);
        Assert.AreEqual("CAP5704", Store.Get(Hello, "api_key").Diagnostics.Single().Code);
    }

    [TestMethod]
    public void AValueOpensUnderItsOwnNameAndPlaceOnly()
    {
        Keep(Hello, "api_key", Value);
        Keep(Hello, "other", "another value");
        var file = _folder["secrets", "packages", "acme.hello.json"];
        var before = File.ReadAllText(file);
        var boxes = before.Split('"').Where(p => p.Length > 30 && !p.Contains(' ', StringComparison.Ordinal)).ToArray();
        Assert.HasCount(2, boxes);

        File.WriteAllText(file, before.Replace(boxes[0], "#", StringComparison.Ordinal).Replace(boxes[1], boxes[0], StringComparison.Ordinal).Replace("#", boxes[1], StringComparison.Ordinal));
        Assert.AreEqual("CAP5701", Store.Get(Hello, "api_key").Diagnostics.Single().Code, "swapped names");

        File.WriteAllText(file, before);
        File.Copy(file, _folder["secrets", "packages", "evil.hello.json"]);
        Assert.AreEqual("CAP5701", Store.Get(SecretPlace.OfPackage("evil", "hello"), "api_key").Diagnostics.Single().Code, "another place");

        File.WriteAllText(file, before.Replace(boxes[0], boxes[0][..10] + (boxes[0][10] == 'A' ? 'B' : 'A') + boxes[0][11..], StringComparison.Ordinal));
        Assert.AreEqual("CAP5701", Store.Get(Hello, "api_key").Diagnostics.Single().Code, "a changed bit");

        foreach (var damaged in new[] { "", "{}", "null", "[1]", before[..^10], before.Replace("capsule-secrets/1", "capsule-secrets/2", StringComparison.Ordinal), before.Replace($"\"{boxes[0]}\"", "null", StringComparison.Ordinal), before.Replace(boxes[0], "AAAA", StringComparison.Ordinal) })
        {
            File.WriteAllText(file, damaged);
            Assert.AreEqual("CAP5701", Store.Get(Hello, "api_key").Diagnostics.Single().Code, damaged);
        }

        File.WriteAllText(file, before);
        Assert.AreEqual(Value, Read(Hello, "api_key"));
        File.Delete(_folder["secrets", "store.key"]);
        StringAssert.Contains(Store.Get(Hello, "api_key").Diagnostics.Single().Message, "the store has lost its key");
        File.WriteAllText(_folder["secrets", "store.key"], "short");
        File.SetUnixFileMode(_folder["secrets", "store.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.AreEqual("CAP5701", Store.Get(Hello, "api_key").Diagnostics.Single().Code);
    }

    [TestMethod]
    public void AStoreThatOthersCouldReadOrWriteIsRefused()
    {
        Keep(Hello, "api_key", Value);
        foreach (var path in new[] { _folder["secrets"], _folder["secrets", "packages", "acme.hello.json"], _folder["secrets", "store.key"] })
        {
            var mode = File.GetUnixFileMode(path);
            foreach (var open in new[] { UnixFileMode.GroupRead, UnixFileMode.OtherRead, UnixFileMode.OtherWrite })
            {
                File.SetUnixFileMode(path, mode | open);
                var refused = Store.Get(Hello, "api_key");
                Assert.AreEqual(("CAP5700", ExitCode.Refused), (refused.Diagnostics.Single().Code, refused.Exit), path);
                Assert.AreEqual("CAP5700", Store.Set(Hello, "api_key", Secret.FromText("x"))!.Code, path);
            }

            File.SetUnixFileMode(path, mode);
        }

        Assert.AreEqual(Value, Read(Hello, "api_key"));
        Directory.Move(_folder["secrets"], _folder["elsewhere"]);
        Directory.CreateSymbolicLink(_folder["secrets"], _folder["elsewhere"]);
        StringAssert.Contains(Store.Get(Hello, "api_key").Diagnostics.Single().Message, "it is a link");
    }

    [TestMethod]
    public void WritersAtOnceLoseNothing()
    {
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Keep(i % 2 == 0 ? Hello : SecretPlace.Vault, $"key{i}", $"value {i}"));
        for (var i = 0; i < 24; i++)
        {
            Assert.AreEqual($"value {i}", Read(i % 2 == 0 ? Hello : SecretPlace.Vault, $"key{i}"));
        }
    }

    [TestMethod]
    public void AWriterThatNeverEndsAndAFullDiskLeaveTheOld()
    {
        Keep(Hello, "api_key", Value);
        using (WriteTurn.Take(_folder["secrets", "secrets"], TimeSpan.FromSeconds(30)))
        {
            Assert.AreEqual("CAP5703", new SecretStore(_folder["secrets"]) { Patience = TimeSpan.FromMilliseconds(50) }.Set(Hello, "api_key", Secret.FromText("new"))!.Code);
            Assert.AreEqual(Value, Read(Hello, "api_key"), "readers wait for nobody");
        }

        using var disk = new SmallDisk();
        var store = new SecretStore(Path.Combine(disk.Path, "secrets"));
        Assert.IsNull(store.Set(Hello, "api_key", Secret.FromText(Value)));
        disk.Fill();
        Assert.AreEqual("CAP5702", store.Set(Hello, "api_key", Secret.FromText(new string('x', 60_000)))!.Code);
        Assert.AreEqual(Value, store.Get(Hello, "api_key").Value!.Use(bytes => Encoding.UTF8.GetString(bytes)));
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(disk.Path, "secrets"), "*.tmp", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void BadNamesAndValuesAreRefusedWithoutBeingRepeated()
    {
        foreach (var name in new[] { "", "A", "1a", "a-", "a b", "../x", "a/b", "ä" })
        {
            Assert.AreEqual("CAP5706", Store.Set(Hello, name, Secret.FromText("x"))!.Code, name);
        }

        foreach (var value in new[] { [], new byte[] { 0 }, [0xFF, 0xFE], new byte[SecretRules.Longest + 1].Select(_ => (byte)'a').ToArray() })
        {
            Assert.AreEqual("CAP5707", Store.Set(Hello, "a", Secret.FromUtf8(value))!.Code);
        }

        Assert.AreEqual("CAP5707", SecretRules.Problem("a", Secret.FromText("two\nlines"), line: true)!.Code);
        Assert.IsNull(SecretRules.Problem("a", Secret.FromText("two\nlines"), line: false));
        Assert.AreEqual("CAP5708", SecretRules.Weakness("a", Secret.FromText("abc"))!.Code);
        Assert.IsNull(SecretRules.Weakness("a", Secret.FromText("abcd")));
        Assert.IsFalse(Directory.Exists(_folder["secrets", "packages"]) && Directory.EnumerateFiles(_folder["secrets", "packages"]).Any());
        Assert.AreEqual(40, SecretRules.Generate().Use(b => b.Length));
        Assert.AreNotEqual(SecretRules.Generate().Use(b => Encoding.ASCII.GetString(b)), SecretRules.Generate().Use(b => Encoding.ASCII.GetString(b)));
    }

    [TestMethod]
    public void AProjectsPlaceIsItsFolder()
    {
        Directory.CreateDirectory(_folder["one"]);
        Directory.CreateDirectory(_folder["two"]);
        Directory.CreateSymbolicLink(_folder["link"], _folder["one"]);
        Assert.AreEqual(SecretPlace.OfProject("hello", _folder["one"]), SecretPlace.OfProject("hello", _folder["one"] + "/"));
        Assert.AreEqual(SecretPlace.OfProject("hello", _folder["one"]), SecretPlace.OfProject("hello", _folder["link"]));
        Assert.AreNotEqual(SecretPlace.OfProject("hello", _folder["one"]), SecretPlace.OfProject("hello", _folder["two"]), "a name is nobody's");
    }

    private void Keep(SecretPlace place, string name, string value) => Assert.IsNull(Store.Set(place, name, Secret.FromText(value)));

    private string Read(SecretPlace place, string name)
    {
        var read = Store.Get(place, name);
        Assert.IsTrue(read.Succeeded, string.Join('\n', read.Diagnostics.Select(d => d.Message)));
        return read.Value.Use(bytes => Encoding.UTF8.GetString(bytes));
    }

    private static string Mode(string path) =>
        (Directory.Exists(path) ? "d" : "-") + string.Concat(Enumerable.Range(0, 9).Select(i => ((int)File.GetUnixFileMode(path) & (0x100 >> i)) != 0 ? "rwx"[i % 3] : '-'));
}
