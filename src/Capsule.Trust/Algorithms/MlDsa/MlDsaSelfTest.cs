using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>Known answers for the seed 00 01 … 1f: the public key, and the deterministic signature over one message, each by its SHA-256.</summary>
internal static class MlDsaSelfTest
{
    private static ReadOnlySpan<byte> Message => "capsule: known answer"u8;

    /// <summary>True when the engine and the code here agree with the known answers and with each other.</summary>
    public static bool Passes(MlDsaParameters set, IMlDsaEngine engine)
    {
        var seed = new byte[MlDsaParameters.SeedLength];
        for (var i = 0; i < seed.Length; i++)
        {
            seed[i] = (byte)i;
        }

        var (publicKey, privateKey) = (new byte[set.PublicKeyLength], new byte[set.PrivateKeyLength]);
        var (known, fresh) = (new byte[set.SignatureLength], new byte[set.SignatureLength]);
        engine.Derive(set, seed, publicKey, privateKey);
        SignatureGeneration.Sign(set, privateKey, Message, [], new byte[MlDsaParameters.SeedLength], known);
        engine.Sign(set, privateKey, Message, [], fresh);
        var (expectedKey, expectedSignature) = Answers(set);
        if (Hash(publicKey) != expectedKey || Hash(known) != expectedSignature
            || !engine.Verify(set, publicKey, Message, [], known) || !engine.Verify(set, publicKey, Message, [], fresh))
        {
            return false;
        }

        known[0] ^= 1;
        return !engine.Verify(set, publicKey, Message, [], known);
    }

    private static (string PublicKey, string Signature) Answers(MlDsaParameters set) => set.K switch
    {
        4 => (
            "9f107644c1084526af3bc8098680b05499a2325a644e388fb4f970e058d19d46",
            "4231d073f970cc91a099dcdbe4455e5b77795887660205af31ed77226e3026ca"),
        6 => (
            "d666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9",
            "fe4cc287ab64ecf9ab7d0c7764d53859994cc93876e9155770d964de7bdd0ef5"),
        _ => (
            "91dc389cfaa01470b7f66eee45a4ae9026d154817c754dfe22298b3fa241ffcd",
            "e69ea59d777ef5711d7b638af327a15f6cae855e64423356633a5f9c11208c64"),
    };

    private static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));
}
