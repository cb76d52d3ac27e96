using System.Runtime.InteropServices;
using Capsule.Init.Wire;

namespace Capsule.Init.Linux;

/// <summary>
/// The processes a loop has started, and the loop's sleep. Waking is by pidfd: SIGCHLD would be taken away by the
/// runtime's own threads. Strangers that were re-parented to us are reaped on a slow tick.
/// </summary>
internal sealed unsafe class Children
{
    /// <summary>How long a re-parented zombie may stand, in milliseconds.</summary>
    private const int ReapTick = 500;

    private readonly List<(int Id, int Pid, int Pidfd)> _running = [];
    private bool _everStarted;

    public void Add(int id, int pid)
    {
        _running.Add((id, pid, (int)Libc.SystemCall(CallNumbers.PidfdOpen, pid, 0, 0, 0, 0)));
        _everStarted = true;
    }

    public bool TryFind(int id, out int pid)
    {
        foreach (var child in _running)
        {
            if (child.Id == id)
            {
                pid = child.Pid;
                return true;
            }
        }

        pid = 0;
        return false;
    }

    public void KillAll()
    {
        foreach (var child in _running)
        {
            Libc.Kill(child.Pid, Constants.SignalKill);
        }
    }

    /// <summary>Sleeps until the control socket or a child has news; true when it is the socket.</summary>
    public bool Wait(int control)
    {
        var count = _running.Count + 1;
        var entries = (PollEntry*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(PollEntry));
        entries[0] = new PollEntry { Descriptor = control, Wanted = Constants.PollIn };
        for (var i = 1; i < count; i++)
        {
            entries[i] = new PollEntry { Descriptor = _running[i - 1].Pidfd, Wanted = Constants.PollIn };
        }

        Libc.Poll(entries, (nuint)count, _everStarted ? ReapTick : -1);
        var news = entries[0].Happened != 0;
        NativeMemory.Free(entries);
        return news;
    }

    /// <summary>
    /// Kills what was re-parented to us. A bubblewrap that dies before its child has asked to die with it leaves one that
    /// waits for it for ever.
    /// </summary>
    public void KillStrangers()
    {
        const int Longest = 4096;
        var text = stackalloc byte[Longest];
        var file = Libc.Open(NativeText.Of("/proc/thread-self/children"), Constants.OpenReadOnly | Constants.OpenCloseOnExec, 0);
        var length = file < 0 ? 0 : Libc.Read(file, text, Longest);
        Libc.Close(file);
        var pid = 0;
        for (nint at = 0; at < length; at++)
        {
            if (text[at] is >= (byte)'0' and <= (byte)'9')
            {
                pid = (pid * 10) + text[at] - '0';
                continue;
            }

            if (pid > 0 && !_running.Exists(child => child.Pid == pid))
            {
                Libc.Kill(pid, Constants.SignalKill);
            }

            pid = 0;
        }
    }

    /// <summary>Kills everything and waits, two seconds at most, until it is gone with all that it leaves to us.</summary>
    public void End()
    {
        const int Rounds = 200;
        const int Pause = 10;
        int status;
        for (var round = 0; round < Rounds; round++)
        {
            KillAll();
            KillStrangers();
            int reaped;
            while ((reaped = Libc.WaitPid(-1, &status, Constants.WaitNoHang)) > 0)
            {
                _running.RemoveAll(child => child.Pid == reaped);
            }

            if (reaped < 0)
            {
                return;
            }

            Libc.Poll(null, 0, Pause);
        }
    }

    /// <summary>Reaps what has ended and says so on the control socket; true when it was one of ours.</summary>
    public bool Reap(int control)
    {
        int status;
        int pid;
        var any = false;
        while ((pid = Libc.WaitPid(-1, &status, Constants.WaitNoHang)) > 0)
        {
            for (var i = 0; i < _running.Count; i++)
            {
                if (_running[i].Pid == pid)
                {
                    var ended = _running[i];
                    _running.RemoveAt(i);
                    any = true;
                    Libc.Close(ended.Pidfd);
                    PacketSocket.Send(control, new Packet(PacketKind.Ended, ended.Id, status));
                    break;
                }
            }
        }

        return any;
    }
}
