using System.Text.Json;
using Capsule.Tests;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Tests.Algorithms;

[TestClass]
public class EcdsaP256Vectors
{
    [TestMethod]
    public void AllAgreeWithWycheproof()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Vectors.Path("ecdsa", "ecdsa_secp256r1_sha256_test.json")));
        var wrong = new List<string>();
        var count = 0;
        foreach (var group in file.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var spki = Hex(group, "publicKeyDer");
            var key = PublicKey.FromSpki(spki);
            Assert.IsNotNull(key, $"A valid key is refused: {Convert.ToHexString(spki)}");
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                var expected = test.GetProperty("result").GetString() == "valid";
                if (key.Verify(Hex(test, "msg"), Hex(test, "sig")) != expected)
                {
                    wrong.Add($"{test.GetProperty("tcId")}: {test.GetProperty("comment")}");
                }
            }
        }

        Assert.AreEqual(484, count);
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    private static byte[] Hex(JsonElement parent, string member) => Convert.FromHexString(parent.GetProperty(member).GetString()!);
}
