using System.Globalization;
using System.Runtime.InteropServices;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Outer;

/// <summary>
/// The step between outer and bubblewrap: becomes the run uid and executes bubblewrap with an empty environment. It never goes on
/// as host root (specs: platform 1, trap 1). Its life is tied to nobody's: see <see cref="OuterMode"/>.
/// </summary>
internal static unsafe class EnterMode
{
    public static int Run(string uidText, string gidText, string bubblewrap)
    {
        if (!int.TryParse(uidText, CultureInfo.InvariantCulture, out var uid) || !int.TryParse(gidText, CultureInfo.InvariantCulture, out var gid))
        {
            return (int)InitStep.Usage;
        }

        if (uid >= 0)
        {
            if (Stage.Sources() is var step && step != InitStep.None)
            {
                return Fail(step);
            }

            if (Libc.SetGroups(0, null) != 0)
            {
                return Fail(InitStep.Groups);
            }

            if (Libc.SetGids((uint)gid, (uint)gid, (uint)gid) != 0)
            {
                return Fail(InitStep.Gid);
            }

            if (Libc.SetUids((uint)uid, (uint)uid, (uint)uid) != 0)
            {
                return Fail(InitStep.Uid);
            }
        }

        if (Libc.GetEffectiveUid() == 0 || (uid >= 0 && Libc.GetEffectiveGid() == 0))
        {
            return Fail(InitStep.StillRoot);
        }

        var arguments = NativeText.Vector(
            "bwrap",
            "--args",
            Protocol.ArgumentsDescriptor.ToString(CultureInfo.InvariantCulture),
            "--",
            Protocol.InitPath,
            Protocol.CellMode);
        byte* none = null;
        Libc.Execute(NativeText.Of(bubblewrap), arguments, &none);
        return Fail(InitStep.Bubblewrap);
    }

    private static int Fail(InitStep step)
    {
        ErrorText.Write($"{step} failed, errno {Marshal.GetLastPInvokeError().ToString(CultureInfo.InvariantCulture)}");
        return (int)step;
    }
}
