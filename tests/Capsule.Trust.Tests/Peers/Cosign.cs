using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests.Peers;

/// <summary>cosign 2.5.0, offline, with a key: the form in which it accepts a line of ours (specs: trust 3).</summary>
internal sealed class Cosign(TemporaryFolder folder)
{
    private const string NoRoots = """{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}""";

    private readonly string _program = Capsule.Tests.Peers.Path("cosign-2.5.0", "usr", "bin", "cosign");

    /// <summary>The file that <c>capsule key new</c> writes, with its line about the purpose.</summary>
    private static string Pem(PublicKey key) => System.Text.Encoding.ASCII.GetString(PublicKeyFile.Write(new KnownKey(key, KeyPurpose.Release)));

    /// <summary>Verifies a line against the file it should be about.</summary>
    public Task<Command> VerifyAsync(string line, PublicKey key, byte[] artifact, string type)
    {
        var file = folder["artifact"];
        File.WriteAllBytes(file, artifact);
        return RunAsync(
            "verify-blob-attestation", "--key", folder.Write("k.pub", Pem(key)), "--bundle", folder.Write("line.json", line), "--new-bundle-format",
            "--insecure-ignore-tlog=true", "--trusted-root", folder.Write("root.json", NoRoots), "--type", type, file);
    }

    /// <summary>Makes a key and lets cosign sign the file with it: as a statement, or as a bare message.</summary>
    /// <param name="artifact">The file's content.</param>
    /// <param name="predicateType">Null for a bare message.</param>
    /// <param name="predicate">JSON.</param>
    /// <param name="key">A private key in PEM; null lets cosign make one, on P-256.</param>
    public async Task<(string Line, PublicKey Key)> SignAsync(byte[] artifact, string? predicateType, string predicate, string? key = null)
    {
        var file = folder["artifact"];
        File.WriteAllBytes(file, artifact);
        await SucceedAsync(key is null ? ["generate-key-pair"] : ["import-key-pair", "--key", folder.Write("private.pem", key), "--output-key-prefix", "cosign"]);
        string[] what = predicateType is null
            ? ["sign-blob"]
            : ["attest-blob", "--type", predicateType, "--predicate", folder.Write("predicate.json", predicate)];
        await SucceedAsync(
            [.. what, "--key", folder["cosign.key"], "--bundle", folder["out.json"], "--new-bundle-format", "--tlog-upload=false", "--yes", file]);
        var pem = File.ReadAllText(folder["cosign.pub"]);
        var fields = System.Security.Cryptography.PemEncoding.Find(pem);
        return (File.ReadAllText(folder["out.json"]), PublicKey.FromSpki(Convert.FromBase64String(pem[fields.Base64Data]))!);
    }

    private async Task SucceedAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.AreEqual(0, run.ExitCode, run.All);
    }

    private Task<Command> RunAsync(params string[] arguments) => Command.RunAsync(
        _program, arguments, folder.Path, new Dictionary<string, string?> { ["COSIGN_PASSWORD"] = "test", ["HOME"] = folder.Path });
}
