using System.Net;
using System.Net.Sockets;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Tests.Network;

[TestClass]
public class SharedLookups
{
    private static readonly IPAddress[] Answer = [IPAddress.Parse("8.8.8.8")];
    private readonly TaskCompletionSource<IPAddress[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Clock _clock = new();
    private readonly NameLookups _lookups;
    private int _asked;

    public SharedLookups() => _lookups = new NameLookups(
        (_, _) =>
        {
            Interlocked.Increment(ref _asked);
            return _answer.Task;
        },
        TimeSpan.FromSeconds(30),
        _clock);

    [TestMethod]
    public async Task AskTheNameServerOnceForABurstOfConnections()
    {
        var burst = Enumerable.Range(0, 64).Select(i => _lookups.FindAsync(i % 2 == 0 ? "registry.test" : "Registry.TEST", default)).ToList();
        _answer.SetResult(Answer);
        foreach (var found in await Task.WhenAll(burst))
        {
            Assert.AreSame(Answer, found);
        }

        await _lookups.FindAsync("registry.test", default);
        Assert.AreEqual(1, _asked);
    }

    [TestMethod]
    public async Task AskAgainWhenTheAnswerIsOld()
    {
        _answer.SetResult(Answer);
        await _lookups.FindAsync("registry.test", default);
        _clock.Passed += TimeSpan.FromSeconds(29);
        await _lookups.FindAsync("registry.test", default);
        Assert.AreEqual(1, _asked);
        _clock.Passed += TimeSpan.FromSeconds(2);
        await _lookups.FindAsync("registry.test", default);
        Assert.AreEqual(2, _asked);
    }

    [TestMethod]
    public async Task KeepAnAnswerNeitherLongerNorShorterWhenTheClockIsSet()
    {
        _answer.SetResult(Answer);
        await _lookups.FindAsync("registry.test", default);
        _clock.Now += TimeSpan.FromDays(400);
        await _lookups.FindAsync("registry.test", default);
        Assert.AreEqual(1, _asked);
        _clock.Now -= TimeSpan.FromDays(800);
        _clock.Passed += TimeSpan.FromSeconds(31);
        await _lookups.FindAsync("registry.test", default);
        Assert.AreEqual(2, _asked);
    }

    [TestMethod]
    public async Task DoNotKeepFailures()
    {
        _answer.SetException(new SocketException((int)SocketError.TryAgain));
        await Assert.ThrowsExactlyAsync<SocketException>(() => _lookups.FindAsync("registry.test", default));
        await Assert.ThrowsExactlyAsync<SocketException>(() => _lookups.FindAsync("registry.test", default));
        Assert.AreEqual(2, _asked);
    }

    [TestMethod]
    public async Task GoOnForTheOthersWhenOneGivesUp()
    {
        using var impatient = new CancellationTokenSource();
        var first = _lookups.FindAsync("registry.test", impatient.Token);
        var second = _lookups.FindAsync("registry.test", default);
        await impatient.CancelAsync();
        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => first);
        _answer.SetResult(Answer);
        Assert.AreSame(Answer, await second);
        Assert.AreEqual(1, _asked);
    }

    [TestMethod]
    public async Task ForgetWhenAProcessInventsNames()
    {
        _answer.SetResult(Answer);
        for (var i = 0; i < 300; i++)
        {
            await _lookups.FindAsync($"n{i}.test", default);
        }

        await _lookups.FindAsync("n0.test", default);
        Assert.AreEqual(301, _asked);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        /// <summary>What has really passed, whatever the clock was set to.</summary>
        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
