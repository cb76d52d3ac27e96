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
