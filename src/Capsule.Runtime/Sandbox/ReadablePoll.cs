using System.Runtime.InteropServices;
using Capsule.Init.Linux;

namespace Capsule.Runtime.Sandbox;

/// <summary>Waits for one descriptor to have something to read, or to have ended (poll(2)).</summary>
internal static unsafe class ReadablePoll
{
    /// <summary>False when the time is over. The signal of any program of the runner's that ends interrupts poll, whatever its thread does.</summary>
    public static bool Wait(int descriptor, TimeSpan timeout)
    {
        var end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (true)
        {
            var entry = new PollEntry { Descriptor = descriptor, Wanted = Constants.PollIn };
            var ready = Libc.Poll(&entry, 1, (int)Math.Clamp(end - Environment.TickCount64, 0, int.MaxValue));
            if (ready >= 0 || Marshal.GetLastPInvokeError() != Constants.Interrupted)
            {
                return ready > 0;
            }
        }
    }
}
