using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Supervision;

/// <summary>npm's settings, asked for once and early, since npm takes a while to answer. Disposing it ends npm if it still runs.</summary>
/// <param name="given">The answer, when it is known already.</param>
internal sealed class NpmQuestion(NpmSettings? given) : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private Lazy<Task<NpmSettings>>? _answer;

    /// <summary>Starts asking; the answer is not waited for.</summary>
    public void Ask() => _ = Answer();

    public Task<NpmSettings> AnswerAsync(CancellationToken cancel) => Answer().WaitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_answer is { } asked)
        {
            await asked.Value.ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        _ending.Dispose();
    }

    private Task<NpmSettings> Answer() =>
        LazyInitializer.EnsureInitialized(ref _answer, () => new(() => given is null ? NpmSettings.ReadAsync(_ending.Token) : Task.FromResult(given))).Value;
}
