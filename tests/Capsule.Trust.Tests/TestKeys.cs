using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests;

/// <summary>Signers with fresh keys in memory.</summary>
internal static class TestKeys
{
    public static IKeySigner New(KeyPurpose purpose = KeyPurpose.Release, string algorithm = "ecdsa-p256") =>
        new FileKeySigner(SignatureAlgorithms.Find(algorithm)!.Generate(), purpose);
}
