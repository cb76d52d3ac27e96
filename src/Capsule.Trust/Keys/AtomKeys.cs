using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Keys;

/// <summary>Keys as catalogs of atoms know them (specs: atoms 4, 6.4).</summary>
public static class AtomKeys
{
    /// <summary>Lower-case hex SHA-256 of the raw public key: what a catalog registers. Other places name the SubjectPublicKeyInfo's.</summary>
    public static string Fingerprint(PublicKey key) => Convert.ToHexStringLower(SHA256.HashData(key.Raw));

    /// <summary>Why a key cannot sign atoms (CAP3210, CAP3221); null when it can.</summary>
    public static Diagnostic? Problem(string id, KnownKey key) =>
        !key.Key.Algorithm.Name.StartsWith("ml-dsa-", StringComparison.Ordinal) ? KeyDiagnostics.NotForAtoms.Now(id, key.Key.Algorithm.Name)
        : key.Purpose != KeyPurpose.Atom ? KeyDiagnostics.WrongPurpose.Now(key.Key.Fingerprint, key.Purpose.Name(), KeyPurpose.Atom.Name())
        : null;
}
