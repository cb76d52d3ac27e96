using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests.Keys;

[TestClass]
public class KeyStoreFolder
{
    private const string Passphrase = "six random words of mine";

    [TestMethod]
    public async Task KeepsAnEncryptedKeyThatSignsAgain()
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder["keys"]);
        var made = Make(store, "maintainer-a");

        CollectionAssert.AreEqual(new[] { "maintainer-a" }, store.List().ToArray());
        Assert.AreEqual(made.Key, store.Find("maintainer-a").Value!.Key);
        Assert.AreEqual(KeyPurpose.Release, store.Find("maintainer-a").Value!.Purpose);
        using var signer = (await Open(store, "maintainer-a", folder.Secret(Passphrase))).Value!;
        Assert.AreEqual(made.Key, signer.PublicKey);
        var message = SigningMessage.Statement("{}"u8);
        var signature = (await signer.SignAsync(message, CancellationToken.None)).Value!;
        Assert.IsTrue(made.Key.Verify(message.Bytes.Span, signature));
    }

    [TestMethod]
    public async Task LetsOpenSslReadWhatItKeeps()
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder["keys"]);
        var made = Make(store, "a");
        var run = await Command.RunAsync(
            "openssl", ["pkey", "-in", store.PrivatePath("a"), "-passin", "env:P", "-pubout"], environment: new Dictionary<string, string?> { ["P"] = Passphrase });
        Assert.AreEqual(0, run.ExitCode, run.All);
        Assert.AreEqual(made.Key, PublicKeyFile.Read(Encoding.ASCII.GetBytes(run.Output), "openssl").Value![0].Key);
        var form = await Command.RunAsync("openssl", ["asn1parse", "-in", store.PrivatePath("a")]);
        Assert.Contains("aes-256-cbc", form.Output);
        Assert.Contains("hmacWithSHA256", form.Output);
        Assert.Contains("0927C0", form.Output, "600,000 iterations");
    }

    [TestMethod]
    public void IsReadableByItsOwnerOnly()
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder["keys"]);
        Make(store, "a");
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(store.PrivatePath("a")));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(store.Folder));
        Assert.IsEmpty(Directory.GetFiles(store.Folder, "*.tmp"));
    }

    [TestMethod]
    [DataRow(UnixFileMode.GroupRead)]
    [DataRow(UnixFileMode.OtherRead)]
    [DataRow(UnixFileMode.OtherWrite)]
    public async Task RefusesAKeyThatOthersCanRead(UnixFileMode extra)
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder["keys"]);
        Make(store, "a");
        File.SetUnixFileMode(store.PrivatePath("a"), UnixFileMode.UserRead | UnixFileMode.UserWrite | extra);
        Fails("CAP3203", await Open(store, "a", folder.Secret(Passphrase)));
    }

    [TestMethod]
    public async Task RefusesAWrongPassphraseWithoutSayingIt()
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder["keys"]);
        Make(store, "a");
        var opened = await Open(store, "a", folder.Secret("a wrong and secret phrase"));
        Fails("CAP3206", opened);
        Assert.DoesNotContain("wrong and secret", opened.Diagnostics[0].Message + opened.Diagnostics[0].Hint);
    }

    [TestMethod]
    public async Task RefusesFilesThatHoldSomethingElse()
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder.Path);
        Make(store, "a");
        var text = File.ReadAllText(store.PrivatePath("a"));
        Fails("CAP3205", await OpenText(text.Replace("ENCRYPTED PRIVATE", "PRIVATE", StringComparison.Ordinal)));
        Fails("CAP3204", await OpenText(text.Replace("ENCRYPTED PRIVATE KEY", "CERTIFICATE", StringComparison.Ordinal)));
        Fails("CAP3204", await OpenText(text.Replace("purpose: release\n", "", StringComparison.Ordinal)));
        Fails("CAP3204", await OpenText(text.Replace("purpose: release\n", "purpose: everything\n", StringComparison.Ordinal)));
        Fails("CAP3204", await OpenText("hello"));
        Fails("CAP3204", await OpenText(new string('x', 100_000)));
        Fails("CAP3202", await KeyOpener.OpenAsync(new KeyReference.InFile(folder["none.key"]), store, folder.Secret(Passphrase), CancellationToken.None));

        Task<Result<IKeySigner>> OpenText(string content)
        {
            var file = folder.Write("b.key", content);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return KeyOpener.OpenAsync(new KeyReference.InFile(file), store, folder.Secret(Passphrase), CancellationToken.None);
        }
    }

    [TestMethod]
    public async Task SaysWhichSecretIsMissing()
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder["keys"]);
        Make(store, "a");
        Fails("CAP3209", await Open(store, "a", null));
        Fails("CAP3207", await Open(store, "a", SecretReference.Environment("CAPSULE_TEST_NO_SUCH_VARIABLE")));
        Fails("CAP3208", await Open(store, "a", SecretReference.InFile(folder["none"])));
        Fails("CAP3208", await Open(store, "a", folder.Secret("")));
        File.SetUnixFileMode(folder.Write("open", Passphrase), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Fails("CAP3203", await Open(store, "a", SecretReference.InFile(folder["open"])));
    }

    [TestMethod]
    public void NeverOverwritesAndNeverTakesAWeakPassphraseOrABadId()
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder["keys"]);
        Make(store, "a");
        using var strong = Secret.FromText(Passphrase);
        using var weak = Secret.FromText("short");
        Assert.AreEqual("CAP3215", store.Create("a", KeyPurpose.Atom, strong).Diagnostics.Single().Code);
        Assert.AreEqual("CAP3217", store.Create("b", KeyPurpose.Atom, weak).Diagnostics.Single().Code);
        Assert.AreEqual("CAP3201", store.Create("../b", KeyPurpose.Atom, strong).Diagnostics.Single().Code);
        Assert.AreEqual("CAP3202", store.Find("b").Diagnostics.Single().Code);
        var blocked = new KeyStore(folder.Write("file", ""));
        Assert.AreEqual("CAP3218", blocked.Create("b", KeyPurpose.Atom, strong).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void ReadsPublicKeysStrictly()
    {
        var good = PublicKeyFile.Write(new KnownKey(TrustVector.Key, KeyPurpose.Atom), new KnownKey(TrustVector.Key, KeyPurpose.Release));
        Assert.HasCount(2, PublicKeyFile.Read(good, "k").Value!);
        Assert.AreEqual(KeyPurpose.Atom, PublicKeyFile.Read(good, "k").Value![0].Purpose);

        string[] bad =
        [
            "", "hello", "purpose: nothing\n" + Encoding.ASCII.GetString(good),
            Encoding.ASCII.GetString(good).Replace("PUBLIC KEY", "CERTIFICATE", StringComparison.Ordinal),
            "-----BEGIN PUBLIC KEY-----\naGVsbG8=\n-----END PUBLIC KEY-----\n",
        ];
        foreach (var text in bad)
        {
            Assert.AreEqual("CAP3216", PublicKeyFile.Read(Encoding.ASCII.GetBytes(text), "k").Diagnostics.Single().Code, text);
        }

        Assert.AreEqual("CAP3216", PublicKeyFile.ReadFile("/no/such/file").Diagnostics.Single().Code);
    }

    private static KnownKey Make(KeyStore store, string id)
    {
        using var passphrase = Secret.FromText(Passphrase);
        var made = store.Create(id, KeyPurpose.Release, passphrase);
        Assert.IsTrue(made.Succeeded, made.Diagnostics.FirstOrDefault()?.Message);
        return made.Value;
    }

    private static Task<Result<IKeySigner>> Open(KeyStore store, string id, SecretReference? passphrase) =>
        KeyOpener.OpenAsync(new KeyReference.Id(id), store, passphrase, CancellationToken.None);

    private static void Fails<T>(string code, Result<T> result)
        where T : class
    {
        Assert.IsFalse(result.Succeeded);
        Assert.AreEqual(code, result.Diagnostics.Single().Code, result.Diagnostics.Single().Message);
    }
}
