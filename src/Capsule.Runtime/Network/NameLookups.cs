using System.Collections.Concurrent;
using System.Net;

namespace Capsule.Runtime.Network;

/// <summary>
/// Lookups of one process, shared: whoever asks for a name that is being looked up waits for the same answer, and an answer
/// serves for <paramref name="lifetime"/>. A package manager opens a tunnel per file, 64 at once for bun; a name server that is
/// asked as often at once drops questions, and each is repeated only after five seconds. Failures are not kept.
/// </summary>
internal sealed class NameLookups(Func<string, CancellationToken, Task<IPAddress[]>> look, TimeSpan lifetime, TimeProvider clock)
{
    // A process that invents names gets no memory of ours.
    private const int MostNames = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, Lookup> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses of a name.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">It has none, or the name server does not answer.</exception>
    public async Task<IPAddress[]> FindAsync(string name, CancellationToken cancel)
    {
        if (_names.TryGetValue(name, out var known) && clock.GetElapsedTime(known.Asked) >= lifetime)
        {
            _names.TryRemove(new KeyValuePair<string, Lookup>(name, known));
        }

        if (_names.Count >= MostNames)
        {
            _names.Clear();
        }

        var lookup = _names.GetOrAdd(name, n => new Lookup(new Lazy<Task<IPAddress[]>>(() => LookAsync(n)), clock.GetTimestamp()));
        try
        {
            // One who gives up leaves the lookup to the others.
            return await lookup.Answer.Value.WaitAsync(cancel);
        }
        catch when (lookup.Answer.Value.IsCompleted && !lookup.Answer.Value.IsCompletedSuccessfully)
        {
            _names.TryRemove(new KeyValuePair<string, Lookup>(name, lookup));
            throw;
        }
    }

    private async Task<IPAddress[]> LookAsync(string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        return await look(name, limit.Token);
    }

    /// <param name="Answer">Once it is there.</param>
    /// <param name="Asked">When, by a clock that nobody sets: one set back would keep an answer for as long.</param>
    private sealed record Lookup(Lazy<Task<IPAddress[]>> Answer, long Asked);
}
