using System.Runtime.InteropServices;
using Capsule.Init.Exec;
using Capsule.Init.Linux;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox.Refusals;

/// <summary>
/// Hears of every call that a filter refuses (seccomp_unotify(2)) and answers each with the filter's own error, never anything else:
/// nothing that is said here or forgotten lets a call pass, and when this process dies the kernel answers ENOSYS. One thread for all
/// processes, which takes one call of each in turn, so that no flood of one makes the others wait.
/// </summary>
internal sealed unsafe class CallWatch : IDisposable
{
    private const int MostAtOnce = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Watched> _watched = [];
    private SafeFileHandle? _poll;
    private SafeFileHandle? _end;
    private long _lastId;
    private bool _disposed;

    /// <summary>
    /// Watches from now on; the listener is closed here once nothing lives that it is about. False when it cannot be watched: it is
    /// closed then, and the kernel refuses the calls by itself.
    /// </summary>
    /// <param name="listener">What the kernel gave for a filter.</param>
    /// <param name="told">Called with the kind of call and the calling thread's number while that waits: it must be quick and must not throw.</param>
    public bool Add(SafeFileHandle listener, Action<RefusedCall, int>? told)
    {
        lock (_gate)
        {
            if (!_disposed && Start() && Register(listener, ++_lastId))
            {
                _watched[_lastId] = new Watched(listener, told);
                return true;
            }
        }

        listener.Dispose();
        return false;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;

            // The other end of the pipe sees it, and the thread leaves.
            _end?.Dispose();
        }
    }

    private bool Start()
    {
        if (_poll is not null)
        {
            return true;
        }

        var poll = CallWatchLibc.CreatePoll(CallWatchLibc.CloseOnExec);
        if (poll < 0)
        {
            return false;
        }

        _poll = Descriptors.Own(poll);
        var (read, write) = Descriptors.Pipe();
        _end = write;
        Register(read, 0);
        new Thread(() => Run(read)) { IsBackground = true, Name = "capsule refused calls" }.Start();
        return true;
    }

    private bool Register(SafeFileHandle descriptor, long id)
    {
        var wanted = new PollNews { What = PollNews.Readable, Id = id };
        return CallWatchLibc.ChangePoll(_poll!.Number(), CallWatchLibc.AddEntry, descriptor.Number(), &wanted) == 0;
    }

    private void Run(SafeFileHandle end)
    {
        var news = stackalloc PollNews[MostAtOnce];
        for (var open = true; open;)
        {
            var count = CallWatchLibc.WaitPoll(_poll!.Number(), news, MostAtOnce, -1);
            for (var i = 0; i < count; i++)
            {
                open &= news[i].Id != 0;
                if (news[i].Id != 0)
                {
                    Handle(news[i]);
                }
            }
        }

        foreach (var watched in _watched.Values)
        {
            watched.Listener.Dispose();
        }

        end.Dispose();
        _poll!.Dispose();
    }

    private void Handle(PollNews news)
    {
        Watched? watched;
        lock (_gate)
        {
            if (!_watched.TryGetValue(news.Id, out watched))
            {
                return;
            }
        }

        // Without a call that waits it is the end: the last process under the filter is gone.
        if ((news.What & PollNews.Readable) == 0 || !Answer(watched))
        {
            lock (_gate)
            {
                _watched.Remove(news.Id);
            }

            // Closing alone is not enough: a program that is just being started may hold a copy, and as long as it does there would be news.
            CallWatchLibc.ChangePoll(_poll!.Number(), CallWatchLibc.RemoveEntry, watched.Listener.Number(), null);
            watched.Listener.Dispose();
        }
    }

    /// <summary>False when the listener is of no use any more.</summary>
    private static bool Answer(Watched watched)
    {
        CallNotice notice = default;
        if (CallWatchLibc.Control(watched.Listener.Number(), CallNotice.Receive, &notice) != 0)
        {
            // The caller was killed in between, or we were interrupted.
            return Marshal.GetLastPInvokeError() is Constants.NoEntry or Constants.Interrupted;
        }

        watched.Told?.Invoke(RefusedCalls.Of(notice.Call, notice.Arguments[0], notice.Arguments[1]), notice.Thread);
        var answer = new CallAnswer { Id = notice.Id, Error = -(int)SystemCallTable.ErrorOf(notice.Call) };
        CallWatchLibc.Control(watched.Listener.Number(), CallAnswer.Send, &answer);
        return true;
    }

    private sealed record Watched(SafeFileHandle Listener, Action<RefusedCall, int>? Told);
}
