using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests.Peers;

/// <summary>The JSON protocol with a signer that shares nothing with ours: node with @noble/post-quantum, contexts included.</summary>
[TestClass]
public class SignerInJavaScript
{
    private const string Script =
        """
        import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
        import { readFileSync } from 'node:fs';
        const request = JSON.parse(readFileSync(0, 'utf8'));
        const { publicKey, secretKey } = ml_dsa65.keygen(Uint8Array.from({ length: 32 }, (_, i) => i));
        const base64 = bytes => Buffer.from(bytes).toString('base64');
        const answers = {
          'public-key': () => ({ public_key: base64(publicKey) }),
          sign: () => ({ signature: base64(ml_dsa65.sign(Buffer.from(request.message, 'base64'), secretKey,
            { context: Buffer.from(request.context), ...(request.deterministic ? { extraEntropy: false } : {}) })) }),
        };
        const known = request.ref === 'slot "7"' && request.algorithm === 'ML-DSA-65';
        process.stdout.write(JSON.stringify(known ? answers[request.op]() : { error: `no key ${request.ref}` }));
        """;

    [TestMethod]
    public async Task MakesOurSignatures()
    {
        var signer = await OpenAsync("slot \"7\"");
        Assert.IsTrue(signer.Succeeded, signer.Diagnostics.FirstOrDefault()?.Message);
        Assert.AreEqual(Convert.ToHexStringLower(Seed.PublicKey.Raw), Convert.ToHexStringLower(signer.Value.PublicKey.Raw));
        Assert.AreEqual((KeyPurpose.Atom, true), (signer.Value.Purpose, signer.Value.KnowsContexts));
        foreach (var message in (SigningMessage[])[SigningMessage.Native("hello\n"u8).Value!, SigningMessage.InContext("atoms-envelope/1", "record"u8)])
        {
            var hedged = await signer.Value.SignAsync(message, CancellationToken.None);
            Assert.IsTrue(hedged.Succeeded, hedged.Diagnostics.FirstOrDefault()?.Message);
            Assert.IsTrue(message.IsSignedBy(Seed.PublicKey, hedged.Value));
            var repeatable = await signer.Value.SignAsync(message.WithoutRandomness(), CancellationToken.None);
            CollectionAssert.AreEqual(message.WithoutRandomness().Sign(Seed), repeatable.Value);
        }
    }

    [TestMethod]
    public async Task SaysWhatItCannotDo()
    {
        var signer = await OpenAsync("slot 8");
        Assert.AreEqual("CAP3212", signer.Diagnostics.Single().Code);
        StringAssert.Contains(signer.Diagnostics[0].Message, "no key slot 8");
    }

    private static IPrivateKey Seed => field ??= SignatureAlgorithms.ImportPkcs8(Convert.FromBase64String("MDQCAQAwCwYJYIZIAWUDBAMSBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"))!;

    private static Task<Core.Diagnostics.Result<IKeySigner>> OpenAsync(string reference)
    {
        var noble = Capsule.Tests.Peers.Path("noble");
        var command = new KeyReference.Command("node", ["--input-type=module", "-e", Script]) { StartFrom = () => new() { WorkingDirectory = noble } };
        return JsonKeySigner.OpenAsync(command, reference, SignatureAlgorithms.MlDsa65, null, null, CancellationToken.None);
    }
}
