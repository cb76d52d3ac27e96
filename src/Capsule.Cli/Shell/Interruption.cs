using System.Runtime.InteropServices;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Shell;

/// <summary>
/// Ctrl-C and SIGTERM cancel the verb, which stops what it started; the exit code then tells which of the two it was.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int InterruptNumber = 2;
    private const int TerminateNumber = 15;

    private static ExitCode _exit = ExitCode.Interrupted;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Stop(c, ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Stop(c, ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, c => Stop(c, ExitCode.Terminated)),
        ];
    }

    /// <summary>130 after Ctrl-C, 143 after SIGTERM.</summary>
    public static ExitCode Exit => _exit;

    /// <summary>The signal that came, for whoever is to be told: SIGINT or SIGTERM.</summary>
    public static int Signal() => Exit == ExitCode.Interrupted ? InterruptNumber : TerminateNumber;

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, ExitCode exit)
    {
        context.Cancel = true;
        _exit = exit;
        _source.Cancel();
    }
}
