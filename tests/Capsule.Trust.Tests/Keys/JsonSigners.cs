using System.Diagnostics;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests.Keys;

/// <summary>Programs that are asked in JSON and answer badly, or not (specs: atoms 6.4).</summary>
[TestClass]
public class JsonSigners
{
    private static readonly IPrivateKey Key = SignatureAlgorithms.MlDsa44.Generate();

    [TestMethod]
    [DataRow("echo '{\"error\":\"the token is full\"}'; exit 1", "CAP3212", "the token is full")]
    [DataRow("exit 3", "CAP3212", "exit code 3")]
    [DataRow("echo 'ok AAAA'", "CAP3212", "not strict JSON")]
    [DataRow("echo '{}'", "CAP3212", "no member 'signature'")]
    [DataRow("echo '[]'", "CAP3212", "not an object")]
    [DataRow("echo '{\"signature\":\"AAAA\",\"signature\":\"AAAA\"}'", "CAP3212", "not strict JSON")]
    [DataRow("echo '{\"signature\":\"AAAA\",\"more\":1}'", "CAP3212", "does not belong there")]
    [DataRow("echo '{\"signature\":7}'", "CAP3212", "not a string")]
    [DataRow("echo '{\"error\":7}'", "CAP3212", "not a string")]
    [DataRow("echo '{\"signature\":\"AAA\"}'", "CAP3212", "not base64")]
    [DataRow("echo '{\"signature\":\"AAAA\"}'", "CAP3214", "")]
    [DataRow("head -c 3000000 /dev/zero", "CAP3212", "too long")]
    [DataRow("exec sleep 1000", "CAP3213", "")]
    public async Task ThatFailAreToldAndStopped(string body, string code, string why)
    {
        using var folder = new TemporaryFolder();
        using var signer = (await OpenAsync(Write(folder, body), Key.PublicKey, code == "CAP3213" ? 2 : 60)).Value!;
        var watch = Stopwatch.StartNew();
        var signed = await signer.SignAsync(SigningMessage.InContext("c", new byte[2_000_000]), CancellationToken.None);
        Assert.AreEqual(code, signed.Diagnostics.Single().Code);
        StringAssert.Contains(signed.Diagnostics[0].Message, why);
        Assert.IsLessThan(30, watch.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public async Task AreAskedInOneObject()
    {
        using var folder = new TemporaryFolder();
        using var signer = (await OpenAsync(Write(folder, $"cat > '{folder["request"]}'; echo '{{\"error\":\"\"}}'"), Key.PublicKey, 60)).Value!;
        await signer.SignAsync(SigningMessage.InContext("c\"", "abcd"u8), CancellationToken.None);
        Assert.AreEqual("{\"op\":\"sign\",\"ref\":\"r\",\"algorithm\":\"ML-DSA-44\",\"context\":\"c\\u0022\",\"message\":\"YWJjZA==\"}\n", File.ReadAllText(folder["request"]));
        await signer.SignAsync(SigningMessage.Native("abc"u8).Value!.WithoutRandomness(), CancellationToken.None);
        Assert.AreEqual("{\"op\":\"sign\",\"ref\":\"r\",\"algorithm\":\"ML-DSA-44\",\"context\":\"\",\"deterministic\":true,\"message\":\"YWJj\"}\n", File.ReadAllText(folder["request"]));
    }

    [TestMethod]
    [DataRow("echo '{\"public_key\":\"AAAA\"}'", "CAP3212")]
    [DataRow("exec sleep 1000", "CAP3213")]
    public async Task WithoutAKeyCannotBeOpened(string body, string code)
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual(code, (await OpenAsync(Write(folder, body), null, 2)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task GiveTheirKeyRawOrWhole()
    {
        foreach (var form in (string[])[Convert.ToBase64String(Key.PublicKey.Raw), Key.PublicKey.SpkiBase64])
        {
            using var folder = new TemporaryFolder();
            using var signer = (await OpenAsync(Write(folder, $"echo '{{\"public_key\":\"{form}\"}}'"), null, 60)).Value!;
            Assert.AreEqual(Key.PublicKey, signer.PublicKey);
        }
    }

    [TestMethod]
    public async Task AreStoppedWhenAsked()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var open = JsonKeySigner.OpenAsync(new KeyReference.Command(Write(folder, $"touch '{folder["started"]}'; exec sleep 1000"), []), "r", SignatureAlgorithms.MlDsa44, null, null, cancel.Token);
        while (!File.Exists(folder["started"]) && !open.IsCompleted)
        {
            await Task.Delay(10);
        }

        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => open);
    }

    private static Task<Core.Diagnostics.Result<IKeySigner>> OpenAsync(string program, PublicKey? known, int seconds) =>
        JsonKeySigner.OpenAsync(new KeyReference.Command(program, []), "r", SignatureAlgorithms.MlDsa44, known, TimeSpan.FromSeconds(seconds), CancellationToken.None);

    private static string Write(TemporaryFolder folder, string body)
    {
        var path = folder.Write("signer", $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
