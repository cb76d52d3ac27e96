using System.Text;
using Capsule.Tests;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests;

/// <summary>What sdk/docs/trust.md shows is what works.</summary>
[TestClass]
public class TrustDocumentation
{
    [TestMethod]
    public void ShowsATrustFileThatLoads()
    {
        using var folder = new TemporaryFolder();
        folder.Write("maintainer-a.pub", Encoding.ASCII.GetString(PublicKeyFile.Write(new KnownKey(TrustVector.Key, KeyPurpose.Release))));
        var path = folder.Write("trust.toml", Block("toml").Replace("sha256:FINGERPRINT", TrustVector.Key.Fingerprint, StringComparison.Ordinal));
        var policy = TrustFileReader.Load(path);
        Assert.IsTrue(policy.Succeeded, string.Join('\n', policy.Diagnostics.Select(d => d.Message)));
        Assert.IsNotNull(policy.Value.ScopeOf("acme", "hello"));
    }

    [TestMethod]
    public async Task ShowsASignerCommandThatSigns()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("signer", Block("sh", "#!/bin/sh"));
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await Command.RunAsync("openssl", ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", folder["key.pem"]]);
        var opened = await KeyOpener.OpenAsync(
            KeyReference.Parse($"command:{script} {folder["key.pem"]}").Value!, new KeyStore(folder.Path), null, CancellationToken.None);
        Assert.IsTrue(opened.Succeeded, opened.Diagnostics.FirstOrDefault()?.Message);
        using var signer = opened.Value;
        Assert.IsTrue((await signer.SignAsync(SigningMessage.Statement("{}"u8), CancellationToken.None)).Succeeded);
    }

    [TestMethod]
    public async Task ShowsHowAKeyThatIsNotEncryptedIsTakenIn()
    {
        using var folder = new TemporaryFolder();
        await Command.RunAsync("openssl", ["genpkey", "-algorithm", "ed25519", "-out", folder["plain.pem"]]);
        var line = Block("sh", "openssl pkcs8").Replace(" -in", " -passout env:P -in", StringComparison.Ordinal);
        var run = await Command.RunAsync("sh", ["-c", line], folder.Path, new Dictionary<string, string?> { ["P"] = "six random words of mine" });
        Assert.AreEqual(0, run.ExitCode, run.All);
        using var passphrase = Secret.FromText("six random words of mine");
        var taken = new KeyStore(folder["keys"]).Import("a", folder["key.pem"], null, passphrase, passphrase);
        Assert.IsTrue(taken.Succeeded, taken.Diagnostics.FirstOrDefault()?.Message);
    }

    private static string Block(string language, string begins = "")
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Capsule.sln")))
        {
            folder = folder.Parent!;
        }

        var text = File.ReadAllText(Path.Combine(folder.FullName, "sdk", "docs", "trust.md"));
        var start = text.IndexOf($"```{language}\n{begins}", StringComparison.Ordinal) + language.Length + 4;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
