using System.Globalization;
using Capsule.Init.Exec;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init;

/// <summary>For <c>capsule doctor</c>: prints <c>protocol=N landlock=N seccomp=0|errno</c> after sealing itself; changes nothing else.</summary>
internal static class ProbeMode
{
    public static int Run()
    {
        var abi = Landlock.Abi;
        Libc.ProcessControl(Constants.SetNoNewPrivileges, 1, 0, 0, 0);
        var seccomp = Seccomp.Apply(SocketRule.Unix, out _) ? 0 : System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"protocol={Protocol.Version} landlock={abi} seccomp={seccomp}"));
        return 0;
    }
}
