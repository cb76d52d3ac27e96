namespace Capsule.EndToEnd.Tests.Cli;

[TestClass]
public sealed class Keys : IDisposable
{
    private readonly CapsuleProgram _capsule = new() { Environment = { ["PASSPHRASE"] = "correct horse battery staple" } };

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AreMadeListedAndShown()
    {
        var made = await _capsule.RunAsync("key", "new", "laptop", "--passphrase-variable", "PASSPHRASE");
        Assert.AreEqual(0, made.ExitCode, made.All);

        var list = await _capsule.RunAsync("key", "list");
        StringAssert.StartsWith(list.Output, "laptop  release  ecdsa-p256  sha256:");

        var shown = await _capsule.RunAsync("key", "show", "laptop");
        StringAssert.Contains(shown.Output, "-----BEGIN PUBLIC KEY-----");
        Assert.IsFalse(shown.Output.Contains("PRIVATE", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task OfEveryAlgorithmAreMadeExportedAndTakenIn()
    {
        await _capsule.DoAsync("key", "new", "quantum", "--algorithm", "ml-dsa-65", "--purpose", "atom", "--passphrase-variable", "PASSPHRASE");
        var list = await _capsule.DoAsync("key", "list", "--json");
        StringAssert.Contains(list, "\"algorithm\": \"ml-dsa-65\"");
        StringAssert.Contains(await _capsule.DoAsync("key", "export", "quantum", "--form", "atoms"), "algorithm: ML-DSA-65");

        await _capsule.DoAsync("key", "export", "quantum", "--private", "--to", "quantum.pem");
        StringAssert.StartsWith(File.ReadAllText(_capsule["quantum.pem"]), "purpose: atom\n-----BEGIN ENCRYPTED PRIVATE KEY-----");
        await _capsule.DoAsync("key", "import", "quantum.pem", "copy", "--passphrase-variable", "PASSPHRASE");
        Assert.AreEqual(await _capsule.DoAsync("key", "show", "quantum"), await _capsule.DoAsync("key", "show", "copy"));

        var incomplete = await _capsule.RunAsync("key", "export", "quantum", "--private");
        Assert.AreEqual(2, incomplete.ExitCode, incomplete.All);
    }

    [TestMethod]
    public async Task NeedAPassphraseThatNobodySees()
    {
        var made = await _capsule.RunAsync("key", "new", "laptop");

        Assert.AreEqual(8, made.ExitCode);
        StringAssert.Contains(made.Error, "CAP9104");
    }

    [TestMethod]
    public async Task AreNeverOverwritten()
    {
        await _capsule.RunAsync("key", "new", "laptop", "--passphrase-variable", "PASSPHRASE");

        var again = await _capsule.RunAsync("key", "new", "laptop", "--passphrase-variable", "PASSPHRASE");

        Assert.AreEqual(9, again.ExitCode);
        StringAssert.Contains(again.Error, "CAP3215");
    }
}
