using System.Collections.Concurrent;
using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Tests.Release;

/// <summary>A small signed container, each of its bits flipped once.</summary>
[TestClass]
public class FlippedBits
{
    [TestMethod]
    public async Task OfAContainerAreRefused()
    {
        using var scene = await SignedContainer.MakeAsync();
        var good = File.ReadAllBytes(scene.Container);
        Assert.IsTrue((await scene.VerifyAsync(scene.Container)).Succeeded);
        var (accepted, wrong) = (new ConcurrentBag<int>(), new ConcurrentBag<string>());
        await Parallel.ForEachAsync(Bits(good), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (bit, _) =>
        {
            byte[] flipped = [.. good];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var path = scene.Write(bit, flipped);
            var verdict = await scene.VerifyAsync(path);
            if (verdict.Succeeded)
            {
                accepted.Add(bit);
            }
            else if (verdict.Exit != ExitCode.Refused || verdict.Diagnostics.Any(d => d.Code == "CAP3130"))
            {
                wrong.Add($"{verdict.Diagnostics[0].Code} {verdict.Diagnostics[0].Message}");
            }
        });
        Assert.IsEmpty(wrong, string.Join('\n', wrong.DistinctBy(w => w[..7])));
        Assert.IsEmpty(accepted.Select(b => b / 8).Distinct().Order(), $"of {good.Length}: {string.Join(' ', accepted.Select(b => b / 8).Distinct().Order())}");
    }

    /// <summary>Every bit; of the zeros that fill up blocks one of eight, unless time plays no part.</summary>
    private static IEnumerable<int> Bits(byte[] file) => Enumerable.Range(0, file.Length * 8).Where(
        bit => file[bit / 8] != 0 || bit % 8 == bit / 8 % 8 || Environment.GetEnvironmentVariable("CAPSULE_LONG") == "1");
}
