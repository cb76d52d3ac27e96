using System.Text;
using System.Text.Json;
using Capsule.Tests;
using Capsule.Trust.Algorithms.Blake3;

namespace Capsule.Trust.Tests.Algorithms.Blake3;

[TestClass]
public class Blake3Vectors
{
    [TestMethod]
    public void AgreeInAllLengthsAndModes()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Vectors.Path("blake3", "test_vectors.json")));
        var key = Encoding.ASCII.GetBytes(file.RootElement.GetProperty("key").GetString()!);
        var context = file.RootElement.GetProperty("context_string").GetString()!;
        var count = 0;
        foreach (var test in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            var input = Input(test.GetProperty("input_len").GetInt32());
            Agrees(test, "hash", new Blake3Hash(), input);
            Agrees(test, "keyed_hash", Blake3Hash.Keyed(key), input);
            Agrees(test, "derive_key", Blake3Hash.DeriveKey(context), input);
            count++;
        }

        Assert.AreEqual(35, count);
    }

    [TestMethod]
    public async Task AgreeForStreamsAndPieces()
    {
        var input = Input(100_000);
        var whole = Blake3Hash.HashData(input);
        CollectionAssert.AreEqual(whole, await Blake3Hash.HashDataAsync(new MemoryStream(input), CancellationToken.None));
        var random = new Random(4);
        for (var round = 0; round < 20; round++)
        {
            var hash = new Blake3Hash();
            for (var at = 0; at < input.Length;)
            {
                var count = Math.Min(random.Next(3000), input.Length - at);
                hash.Append(input.AsSpan(at, count));
                at += count;
                hash.Finish();
            }

            CollectionAssert.AreEqual(whole, hash.Finish());
        }

        await Assert.ThrowsAsync<OperationCanceledException>(() => Blake3Hash.HashDataAsync(new MemoryStream(input), new CancellationToken(canceled: true)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Blake3Hash.Keyed(new byte[31]));
    }

    /// <summary>The vectors hold 131 bytes of output each.</summary>
    private static void Agrees(JsonElement test, string mode, Blake3Hash hash, byte[] input)
    {
        var expected = test.GetProperty(mode).GetString()!;
        var output = new byte[expected.Length / 2];
        hash.Append(input);
        hash.Finish(output);
        Assert.AreEqual(131, output.Length);
        Assert.AreEqual(expected, Convert.ToHexStringLower(output), $"{mode} of {input.Length}");
        Assert.AreEqual(expected[..64], Convert.ToHexStringLower(hash.Finish()));
    }

    private static byte[] Input(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))];
}
