using System.Globalization;
using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Joining;

/// <summary>The caller's side of <c>capsule exec</c>: asks the runner of a run, and carries bytes between the command and the caller's own streams.</summary>
public static class RunJoiner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Runs a command to its end; the result is its exit code.</summary>
    /// <param name="home">Where the run is recorded.</param>
    /// <param name="run">Which one.</param>
    /// <param name="request">What, and beside which process.</param>
    /// <param name="input">The command's standard input, to its end.</param>
    /// <param name="output">Receives its standard output.</param>
    /// <param name="error">Receives its standard error.</param>
    /// <param name="signal">Asked when <paramref name="cancel"/> comes: the signal that the command gets. It has two seconds to obey.</param>
    /// <param name="cancel">Ends the command, never the run.</param>
    public static async Task<Result<JoinEnd>> RunAsync(
        CapsuleHome home, ListedRun run, JoinRequest request, Stream input, Stream output, Stream error, Func<int> signal, CancellationToken cancel)
    {
        var connected = await ConnectAsync(home, run, cancel);
        if (!connected.Succeeded)
        {
            return Result.Failed<JoinEnd>(connected.Diagnostics);
        }

        using var runner = connected.Value;
        var streams = new CarriedStreams(output, error);
        using (var theirs = streams.Theirs)
        using (var text = Descriptors.Memory(request.Write()))
        {
            runner.Send(new Packet(PacketKind.StartProcess, 0), theirs.Input, theirs.Output, theirs.Error, text);
        }

        using var answer = await runner.ReceiveAsync();
        if (answer?.Packet.Kind != PacketKind.Started)
        {
            streams.Abandon();
            return (answer?.Packet.Kind == PacketKind.Failed ? JoinRefusal.Read(answer.Text()) : null) ?? JoinDiagnostics.Lost.Now(run.Record.Id);
        }

        streams.Feed(input);
        var ending = runner.ReceiveAsync();
        await Task.WhenAny(ending, WhenAsync(cancel));
        if (cancel.IsCancellationRequested && !ending.IsCompleted)
        {
            runner.Send(new Packet(PacketKind.Signal, 0, signal()));
            await Task.WhenAny(ending, Task.Delay(Patience, CancellationToken.None));
            runner.End();
        }

        using var end = await ending;
        await Task.WhenAny(streams.Read, Task.Delay(Patience, CancellationToken.None));
        return end?.Packet.Kind == PacketKind.Ended ? new JoinEnd(end.Packet.First)
            : cancel.IsCancellationRequested ? new JoinEnd(CellProcess.Killed)
            : JoinDiagnostics.Lost.Now(run.Record.Id);
    }

    private static async Task<Result<JoinSocket>> ConnectAsync(CapsuleHome home, ListedRun run, CancellationToken cancel)
    {
        var id = run.Record.Id;
        if (!run.IsAlive)
        {
            return JoinDiagnostics.RunEnded.Now(id);
        }

        using var file = Descriptors.Open(Path.Combine(home.Runs, id, JoinSocket.FolderName, JoinSocket.FileName), Constants.OpenPathOnly | Constants.OpenNoFollow);
        if (file is null)
        {
            var why = run.Record.State is RunState.Running ? "it has no process of its own" : $"it is {run.Record.State.ToString().ToLowerInvariant()}";
            return JoinDiagnostics.NotYet.Now(id, why);
        }

        if (FileStatus.Of(file.Number()) is not { IsSocket: true } status || status.Uid != (int)Libc.GetEffectiveUid())
        {
            return JoinDiagnostics.NotItsRunner.Now(id, "it is no socket of yours");
        }

        using var socket = JoinSocket.Make();
        try
        {
            // The descriptor names the very file that was checked.
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.Number()}")), cancel);
        }
        catch (SocketException)
        {
            return JoinDiagnostics.RunEnded.Now(id);
        }

        return JoinSocket.Peer(socket).Pid == run.Record.Runner.Pid
            ? JoinSocket.Take(socket)
            : JoinDiagnostics.NotItsRunner.Now(id, $"process {JoinSocket.Peer(socket).Pid} answers");
    }

    private static Task WhenAsync(CancellationToken cancel) => Task.Delay(Timeout.Infinite, cancel);
}

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its own; a death by signal is 128 plus its number.</param>
public sealed record JoinEnd(int ExitCode);
