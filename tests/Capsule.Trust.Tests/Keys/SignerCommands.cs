using System.Diagnostics;
using Capsule.Core.Diagnostics;
using Capsule.Tests;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests.Keys;

/// <summary>Signer commands written in sh over openssl, as a user would.</summary>
[TestClass]
public class SignerCommands
{
    private const string Script =
        """
        #!/bin/sh
        set -e
        key=$1
        set -- $(cat)
        [ "$1" = capsule-signer/1 ] || { echo "error unknown protocol"; exit 1; }
        case $2 in
          public-key) echo "ok release $(openssl pkey -in "$key" -pubout -outform DER | base64 -w0)" ;;
          sign) echo "ok $(printf %s "$4" | base64 -d | openssl dgst -sha256 -sign "$key" | base64 -w0)" ;;
          *) echo "error unknown request" ;;
        esac
        """;

    [TestMethod]
    public async Task SignWithAKeyThatWeNeverSee()
    {
        using var folder = new TemporaryFolder();
        using var signer = (await Open(Write(folder, Script), await NewKey(folder))).Value!;
        var message = SigningMessage.Statement("{\"a\":1}"u8);
        var signature = await signer.SignAsync(message, CancellationToken.None);
        Assert.IsTrue(signature.Succeeded, signature.Diagnostics.FirstOrDefault()?.Message);
        Assert.IsTrue(signer.PublicKey.Verify(DsseEncoding.Encode(DsseEncoding.InTotoType, "{\"a\":1}"u8), signature.Value));
        Assert.AreEqual(KeyPurpose.Release, signer.Purpose);
    }

    [TestMethod]
    public async Task SignDocumentsOfMegabytes()
    {
        using var folder = new TemporaryFolder();
        using var signer = (await Open(Write(folder, Script), await NewKey(folder))).Value!;
        var document = new byte[5_000_000];
        new Random(5).NextBytes(document);
        var signature = await signer.SignAsync(SigningMessage.Native(document).Value!, CancellationToken.None);
        Assert.IsTrue(signature.Succeeded, signature.Diagnostics.FirstOrDefault()?.Message);
        Assert.IsTrue(signer.PublicKey.Verify(document, signature.Value));
    }

    [TestMethod]
    [DataRow("echo 'error the token is full'; exit 1", "CAP3212", DisplayName = "that end without reading")]
    [DataRow("head -c 3000000 /dev/zero >&2; cat >/dev/null; echo 'error no'", "CAP3212", DisplayName = "that talk on stderr first")]
    [DataRow("exec sleep 1000", "CAP3213", DisplayName = "that never read")]
    [DataRow("echo 'ok AAAA'; exec sleep 1000", "CAP3213", DisplayName = "that answer and stay")]
    public async Task ThatAreSentMegabytesHoldNobodyUp(string body, string code)
    {
        using var folder = new TemporaryFolder();
        var program = new KeyReference.Command(Write(folder, $"#!/bin/sh\n{body}\n"), []);
        var command = new SignerCommand(program, code == "CAP3213" ? TimeSpan.FromSeconds(2) : CommandKeySigner.DefaultTimeout);
        using var signer = new CommandKeySigner(command, new KnownKey(TrustVector.Key, KeyPurpose.Release));
        var watch = Stopwatch.StartNew();
        Fails(code, await signer.SignAsync(SigningMessage.Native(new byte[5_000_000]).Value!, CancellationToken.None));
        Assert.IsLessThan(30, watch.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public async Task ThatSignWithAnotherKeyAreNoticed()
    {
        using var folder = new TemporaryFolder();
        var key = await NewKey(folder);
        using var signer = (await Open(Write(folder, Script), key)).Value!;
        await NewKey(folder);
        Fails("CAP3214", await signer.SignAsync(SigningMessage.Statement("{}"u8), CancellationToken.None));
    }

    [TestMethod]
    [DataRow("echo hello", "ok ...", DisplayName = "no protocol")]
    [DataRow("echo 'error the token is locked'", "the token is locked", DisplayName = "its own words")]
    [DataRow("exit 3", "exit code 3", DisplayName = "an exit code")]
    [DataRow("echo 'ok release aGVsbG8='", "BASE64-SPKI", DisplayName = "no key")]
    [DataRow("echo 'ok a'; echo 'ok b'", "ok ...", DisplayName = "two lines")]
    [DataRow("head -c 200000 /dev/zero | tr '\\0' a", "too long", DisplayName = "an endless answer")]
    [DataRow("printf 'error \\033[2Jgone'", "gone", DisplayName = "terminal control")]
    public async Task ThatFailAreExplained(string body, string says)
    {
        using var folder = new TemporaryFolder();
        var opened = await Open(Write(folder, $"#!/bin/sh\n{body}\n"));
        Fails("CAP3212", opened);
        Assert.Contains(says, opened.Diagnostics[0].Message);
        Assert.DoesNotContain("\u001b", opened.Diagnostics[0].Message);
    }

    [TestMethod]
    public async Task ThatDoNotExistAreExplained() => Fails("CAP3212", await Open("/no/such/program"));

    [TestMethod]
    public async Task ThatHangAreStoppedWithAllTheirChildren()
    {
        using var folder = new TemporaryFolder();
        var script = Write(folder, $"#!/bin/sh\nsleep 1000 &\necho $! > {folder["child"]}\nwait\n");
        var watch = Stopwatch.StartNew();
        Fails("CAP3213", await CommandKeySigner.OpenAsync(new KeyReference.Command(script, []), TimeSpan.FromSeconds(1), CancellationToken.None));
        Assert.IsLessThan(30, watch.Elapsed.TotalSeconds);
        await AssertGone(folder);
    }

    [TestMethod]
    public async Task AreStoppedWhenTheUserGivesUp()
    {
        using var folder = new TemporaryFolder();
        var script = Write(folder, $"#!/bin/sh\nsleep 1000 &\necho $! > {folder["child"]}\nwait\n");
        using var cancel = new CancellationTokenSource();
        var open = CommandKeySigner.OpenAsync(new KeyReference.Command(script, []), TimeSpan.FromMinutes(5), cancel.Token);
        while (!File.Exists(folder["child"]) || new FileInfo(folder["child"]).Length == 0)
        {
            await Task.Delay(20);
        }

        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => open);
        await AssertGone(folder);
    }

    private static async Task AssertGone(TemporaryFolder folder)
    {
        var child = File.ReadAllText(folder["child"]).Trim();
        for (var wait = 0; wait < 200; wait++)
        {
            if (!File.Exists($"/proc/{child}/stat") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(25);
        }

        Assert.Fail($"The child {child} still runs.");
    }

    private static async Task<string> NewKey(TemporaryFolder folder)
    {
        var run = await Command.RunAsync("openssl", ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", folder["key.pem"]]);
        Assert.AreEqual(0, run.ExitCode, run.All);
        return folder["key.pem"];
    }

    private static string Write(TemporaryFolder folder, string script)
    {
        var file = folder.Write("signer", script);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private static Task<Result<IKeySigner>> Open(string program, params string[] arguments) =>
        CommandKeySigner.OpenAsync(new KeyReference.Command(program, arguments), CommandKeySigner.DefaultTimeout, CancellationToken.None);

    private static void Fails<T>(string code, Result<T> result)
        where T : class
    {
        Assert.IsFalse(result.Succeeded);
        Assert.AreEqual(code, result.Diagnostics.Single().Code, result.Diagnostics.Single().Message);
    }
}
