using System.Text.Json;
using Capsule.Tests;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Tests.Algorithms.Ed25519;

[TestClass]
public class Wycheproof
{
    [TestMethod]
    public void AgreesInAllOfItsCases()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Vectors.Path("ed25519", "ed25519_test.json")));
        var wrong = new List<string>();
        var count = 0;
        foreach (var group in file.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var key = PublicKey.FromSpki(Hex(group, "publicKeyDer"));
            Assert.IsNotNull(key, "A valid key is refused.");
            Assert.AreEqual("ed25519", key.Algorithm.Name);
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

        Assert.AreEqual(151, count);
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    private static byte[] Hex(JsonElement parent, string member) => Convert.FromHexString(parent.GetProperty(member).GetString()!);
}
