using System.Collections.Concurrent;
using System.IO.Compression;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Envelopes;

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

    /// <summary>
    /// A .nupkg: in its container and in its two release lines, exactly as many as are asked for, no flipped bit passes. The line that brings a
    /// signer's key along counts for nothing: as a statement of another type it is a note. Elsewhere (times, for example) one passes only where
    /// nothing of the package is different.
    /// </summary>
    [TestMethod]
    public async Task OfAnEnvelopeAreRefused()
    {
        using var scene = await SignedContainer.MakeAsync();
        var path = await scene.EnvelopeAsync();
        var good = File.ReadAllBytes(path);
        var whole = (await scene.VerifyAsync(path)).Value!;
        var lines = await File.ReadAllBytesAsync(scene.Container + SignatureLines.Suffix);
        var guarded = Parts(path, good, await File.ReadAllBytesAsync(scene.Container), lines);
        var release = SignatureLines.Read(lines).Value!.Lines.TakeWhile(l => l.Release is not null).Sum(l => l.Json.Length + 1);
        Assert.IsGreaterThan(1000, release, "Both release lines come first.");
        guarded[1] = guarded[1].Start..(guarded[1].Start.Value + release);
        var (flips, accepted, wrong) = (0, new ConcurrentBag<int>(), new ConcurrentBag<string>());
        await Parallel.ForEachAsync(OneOfEach(good, guarded), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (bit, _) =>
        {
            byte[] flipped = [.. good];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var verdict = await scene.VerifyAsync(scene.Write(bit, flipped, ".nupkg"));
            Interlocked.Increment(ref flips);
            if (verdict.Succeeded)
            {
                if (guarded.Any(part => part.Start.Value <= bit / 8 && bit / 8 < part.End.Value)
                    || verdict.Value.Package.Identity != whole.Package.Identity || !verdict.Value.Signers.Order().SequenceEqual(whole.Signers.Order()))
                {
                    accepted.Add(bit);
                }
            }
            else if (verdict.Exit != ExitCode.Refused || verdict.Diagnostics.Any(d => d.Code == "CAP3130"))
            {
                wrong.Add($"{bit / 8}.{bit % 8} {verdict.Diagnostics[0].Code} {verdict.Diagnostics[0].Message}");
            }
        });
        Assert.IsEmpty(wrong, string.Join('\n', wrong.Order().Take(20)));
        Assert.IsEmpty(accepted, $"of {good.Length}: {string.Join(' ', accepted.Select(b => $"{b / 8}.{b % 8}").Order())}");
        Assert.IsGreaterThanOrEqualTo(guarded.Sum(g => g.End.Value - g.Start.Value), flips);
    }

    /// <summary>Where the container and the lines stand, both stored as they are.</summary>
    private static Range[] Parts(string path, byte[] file, params byte[][] contents)
    {
        using var zip = ZipFile.OpenRead(path);
        Assert.AreEqual(contents.Length, zip.Entries.Count(e => contents.Any(c => c.Length == e.Length && e.CompressedLength == e.Length)), "Container and lines are stored.");
        return [.. contents.Select(c => file.AsSpan().IndexOf(c) is var start && start >= 0 ? start..(start + c.Length) : throw new InvalidOperationException("A part is not there."))];
    }

    /// <summary>One bit of each byte that must not change and of each fourth other one; every bit where time plays no part.</summary>
    private static IEnumerable<int> OneOfEach(byte[] file, Range[] guarded) => Environment.GetEnvironmentVariable("CAPSULE_LONG") == "1"
        ? Enumerable.Range(0, file.Length * 8)
        : Enumerable.Range(0, file.Length).Where(at => at % 4 == 0 || guarded.Any(g => g.Start.Value <= at && at < g.End.Value)).Select(at => (at * 8) + (at * 5 % 8));

    /// <summary>Every bit; of the zeros that fill up blocks one of eight, unless time plays no part.</summary>
    private static IEnumerable<int> Bits(byte[] file) => Enumerable.Range(0, file.Length * 8).Where(
        bit => file[bit / 8] != 0 || bit % 8 == bit / 8 % 8 || Environment.GetEnvironmentVariable("CAPSULE_LONG") == "1");
}
