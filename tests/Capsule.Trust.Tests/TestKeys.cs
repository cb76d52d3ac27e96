using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests;

/// <summary>Signers with fresh keys in memory.</summary>
internal static class TestKeys
{
    public static IKeySigner New(KeyPurpose purpose = KeyPurpose.Release) => new FileKeySigner(SignatureAlgorithms.EcdsaP256.Generate(), purpose);
}
