using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Capsule.Trust.Algorithms.MlDsa;

namespace Capsule.Benchmarks.Signing;

/// <summary>One parameter set: our code with encoded keys, and the platform with keys that it has read before.</summary>
internal sealed class Bench : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(250);

    private readonly MlDsaParameters _set;
    private readonly byte[][] _messages;
    private readonly byte[][] _signatures;
    private readonly byte[] _publicKey;
    private readonly byte[] _privateKey;
    private readonly byte[] _made;
    private readonly byte[] _zeros = new byte[MlDsaParameters.SeedLength];
    private readonly MLDsa _platformPrivate;
    private readonly MLDsa _platformPublic;

    public Bench(MlDsaParameters set, string folder)
    {
        _set = set;
        var file = Path.Combine(folder, $"ML-DSA-{set.Name[^2..]}.json");
        _messages = [.. JsonSerializer.Deserialize<string[]>(File.ReadAllText(file))!.Select(Encoding.ASCII.GetBytes)];
        (_publicKey, _privateKey, _made) = (new byte[set.PublicKeyLength], new byte[set.PrivateKeyLength], new byte[set.SignatureLength]);
        MlDsaEngines.Managed.Derive(set, _zeros, _publicKey, _privateKey);
        _signatures = [.. _messages.Select(m =>
        {
            var signature = new byte[set.SignatureLength];
            SignatureGeneration.Sign(set, _privateKey, m, [], _zeros, signature);
            return signature;
        })];
        var algorithm = set.K switch { 4 => MLDsaAlgorithm.MLDsa44, 6 => MLDsaAlgorithm.MLDsa65, _ => MLDsaAlgorithm.MLDsa87 };
        _platformPrivate = MLDsa.ImportMLDsaPrivateKey(algorithm, _privateKey);
        _platformPublic = MLDsa.ImportMLDsaPublicKey(algorithm, _publicKey);
    }

    public void Run(int rounds)
    {
        Compare(
            rounds,
            "sign",
            i => SignatureGeneration.Sign(_set, _privateKey, _messages[i], [], _zeros, _made),
            i => _platformPrivate.SignData(_messages[i].AsSpan(), _made.AsSpan()));
        Compare(
            rounds,
            "verify",
            i => Require(Verification.Verify(_set, _publicKey, _messages[i], [], _signatures[i])),
            i => Require(_platformPublic.VerifyData(_messages[i].AsSpan(), _signatures[i])));
        var (ours, peer) = (
            Allocated(() => Verification.Verify(_set, _publicKey, _messages[0], [], _signatures[0])),
            Allocated(() => _platformPublic.VerifyData(_messages[0].AsSpan(), _signatures[0])));
        Console.WriteLine(FormattableString.Invariant($"{_set.Name + " verify, bytes allocated",-62} {ours,9:0} B  {peer,9:0} B "));
    }

    public void Dispose()
    {
        _platformPrivate.Dispose();
        _platformPublic.Dispose();
    }

    private void Compare(int rounds, string what, Action<int> ours, Action<int> peer)
    {
        var (left, right) = (new List<double>(), new List<double>());
        for (var round = -2; round < rounds; round++)
        {
            var (one, other) = (Rate(ours), Rate(peer));
            if (round >= 0)
            {
                left.Add(one);
                right.Add(other);
            }
        }

        var (mine, theirs) = (Median(left), Median(right));
        Console.WriteLine(FormattableString.Invariant($"{_set.Name + " " + what,-62} {mine,9:0} /s {theirs,8:0} /s   x{mine / theirs:0.00}"));
    }

    /// <summary>How often in a second; all messages equally often.</summary>
    private double Rate(Action<int> work)
    {
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        TimeSpan taken;
        do
        {
            for (var i = 0; i < _messages.Length; i++)
            {
                work(i);
            }

            count += _messages.Length;
            taken = Stopwatch.GetElapsedTime(start);
        }
        while (taken < Turn);
        return count / taken.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Allocated(Func<bool> verify)
    {
        const int Times = 200;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            Require(verify());
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }

    private static void Require(bool verified)
    {
        if (!verified)
        {
            throw new InvalidOperationException("A signature did not verify: there is nothing to measure.");
        }
    }
}
