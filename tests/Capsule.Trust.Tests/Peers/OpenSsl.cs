using System.Security.Cryptography;
using Capsule.Tests;

namespace Capsule.Trust.Tests.Peers;

/// <summary>OpenSSL 3.5 from Debian trixie, with its files in a folder of the test.</summary>
internal sealed class OpenSsl(TemporaryFolder folder)
{
    private readonly TrixieRoot _root = new() { Writable = folder.Path };

    /// <summary>Runs a command that must succeed; its output.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var run = await _root.RunAsync("/usr/bin/openssl", arguments);
        Assert.AreEqual(0, run.ExitCode, $"openssl {string.Join(' ', arguments)}\n{run.All}");
        return run.Output;
    }

    /// <summary>Whether it verifies a signature with the public key in key.pub.</summary>
    public async Task<bool> VerifiesAsync(string key, byte[] message, byte[] signature)
    {
        Write("message", message);
        Write("signature", signature);
        var run = await _root.RunAsync(
            "/usr/bin/openssl", ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", key, "-in", "message", "-sigfile", "signature"]);
        return run.ExitCode == 0;
    }

    public async Task<byte[]> SignAsync(string key, byte[] message, params string[] options)
    {
        Write("message", message);
        await RunAsync(["pkeyutl", "-sign", "-rawin", "-inkey", key, .. options, "-in", "message", "-out", "made"]);
        return File.ReadAllBytes(folder["made"]);
    }

    public void Write(string name, ReadOnlySpan<byte> content) => File.WriteAllBytes(folder[name], content);

    public void WritePem(string name, string label, ReadOnlySpan<byte> der) => File.WriteAllText(folder[name], PemEncoding.WriteString(label, der) + "\n");

    /// <summary>The DER in a PEM file.</summary>
    public byte[] ReadPem(string name)
    {
        var text = File.ReadAllText(folder[name]);
        return Convert.FromBase64String(text[PemEncoding.Find(text).Base64Data]);
    }
}
