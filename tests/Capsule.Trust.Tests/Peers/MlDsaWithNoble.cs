using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Algorithms.MlDsa;

namespace Capsule.Trust.Tests.Peers;

/// <summary>npm's @noble/post-quantum 0.5.4: an implementation that shares nothing with ours.</summary>
[TestClass]
public class MlDsaWithNoble
{
    private const string Script =
        """
        import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
        import { readFileSync } from 'node:fs';
        const bytes = hex => new Uint8Array(Buffer.from(hex, 'hex'));
        const answers = JSON.parse(readFileSync(0, 'utf8')).map(({ name, seed, message, context, signature }) => {
          const scheme = { 'ml-dsa-44': ml_dsa44, 'ml-dsa-65': ml_dsa65, 'ml-dsa-87': ml_dsa87 }[name];
          const { publicKey, secretKey } = scheme.keygen(bytes(seed));
          const options = { context: bytes(context) };
          return {
            publicKey: Buffer.from(publicKey).toString('hex'),
            secretKey: Buffer.from(secretKey).toString('hex'),
            hedged: Buffer.from(scheme.sign(bytes(message), secretKey, options)).toString('hex'),
            deterministic: Buffer.from(scheme.sign(bytes(message), secretKey, { ...options, extraEntropy: false })).toString('hex'),
            verified: scheme.verify(bytes(signature), bytes(message), publicKey, options),
            refused: scheme.verify(bytes(signature), bytes(message + '00'), publicKey, options),
          };
        });
        process.stdout.write(JSON.stringify(answers));
        """;

    [TestMethod]
    public async Task KeysAndSignaturesAgreeBothWays()
    {
        var random = new Random(11);
        var cases = MlDsaParameters.All.SelectMany(set => Enumerable.Range(0, 8).Select(i => new Case(set, random, i))).ToArray();
        var run = await Command.RunAsync(
            "node",
            ["--input-type=module", "-e", Script],
            Capsule.Tests.Peers.Path("noble"),
            input: JsonSerializer.Serialize(cases.Select(c => c.Question)));
        Assert.AreEqual(0, run.ExitCode, run.All);
        var answers = JsonNode.Parse(run.Output)!.AsArray();
        Assert.HasCount(cases.Length, answers);
        for (var i = 0; i < cases.Length; i++)
        {
            cases[i].Check(answers[i]!);
        }
    }

    private sealed class Case
    {
        private readonly MlDsaParameters _set;
        private readonly byte[] _seed = new byte[32];
        private readonly byte[] _message;
        private readonly byte[] _context;
        private readonly byte[] _publicKey;
        private readonly byte[] _privateKey;
        private readonly byte[] _signature;

        public Case(MlDsaParameters set, Random random, int number)
        {
            _set = set;
            _message = new byte[number * 61];
            _context = new byte[number % 2 == 0 ? 0 : number * 30];
            random.NextBytes(_seed);
            random.NextBytes(_message);
            random.NextBytes(_context);
            (_publicKey, _privateKey, _signature) = (new byte[set.PublicKeyLength], new byte[set.PrivateKeyLength], new byte[set.SignatureLength]);
            MlDsaEngines.Managed.Derive(set, _seed, _publicKey, _privateKey);
            MlDsaEngines.Managed.Sign(set, _privateKey, _message, _context, _signature);
        }

        public object Question => new
        {
            name = _set.Name,
            seed = Convert.ToHexString(_seed),
            message = Convert.ToHexString(_message),
            context = Convert.ToHexString(_context),
            signature = Convert.ToHexString(_signature),
        };

        public void Check(JsonNode answer)
        {
            Assert.AreEqual((string?)answer["publicKey"], Convert.ToHexStringLower(_publicKey));
            Assert.AreEqual((string?)answer["secretKey"], Convert.ToHexStringLower(_privateKey));
            Assert.IsTrue((bool)answer["verified"]!, "our signature there");
            Assert.IsFalse((bool)answer["refused"]!, "our signature over another message there");

            var deterministic = new byte[_set.SignatureLength];
            SignatureGeneration.Sign(_set, _privateKey, _message, _context, new byte[32], deterministic);
            Assert.AreEqual((string?)answer["deterministic"], Convert.ToHexStringLower(deterministic));

            var hedged = Convert.FromHexString((string)answer["hedged"]!);
            Assert.IsTrue(MlDsaEngines.Managed.Verify(_set, _publicKey, _message, _context, hedged), "its signature here");
            Assert.IsFalse(MlDsaEngines.Managed.Verify(_set, _publicKey, [.. _message, 0], _context, hedged));
            Assert.IsNotNull(PublicKey.FromRaw(SignatureAlgorithms.Find(_set.Name)!, _publicKey));
        }
    }
}
