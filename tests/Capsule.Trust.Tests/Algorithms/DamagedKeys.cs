using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Tests.Algorithms;

/// <summary>Keys of every algorithm, damaged at every place: refused or another sound key, never a crash.</summary>
[TestClass]
public class DamagedKeys
{
    [TestMethod]
    public void AreNeverACrash()
    {
        foreach (var algorithm in SignatureAlgorithms.All)
        {
            using var key = algorithm.Generate();
            ForEachDamage(key.ExportPkcs8(), damaged =>
            {
                using var read = SignatureAlgorithms.ImportPkcs8(damaged);
                return read is not null;
            });
            ForEachDamage([.. key.PublicKey.Spki], damaged =>
            {
                var read = PublicKey.FromSpki(damaged);
                Assert.IsTrue(read is null || read.Spki.SequenceEqual(damaged), "another form of a key was taken for the key");
                return read is not null;
            });
        }
    }

    /// <summary>Every beginning and every byte of the head with a bit changed, and one byte more. All heads end before byte 160.</summary>
    private static void ForEachDamage(byte[] der, Func<byte[], bool> read)
    {
        for (var at = 0; at < Math.Min(der.Length, 160); at++)
        {
            Assert.IsFalse(read(der[..at]), "cut");
            foreach (var bit in new byte[] { 1, 0x80 })
            {
                byte[] damaged = [.. der];
                damaged[at] ^= bit;
                read(damaged);
            }
        }

        Assert.IsFalse(read([.. der, 0]), "something behind it");
    }
}
