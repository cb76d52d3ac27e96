using System.Runtime.InteropServices;
using Capsule.Init;
using Capsule.Init.Cell;
using Capsule.Init.Exec;
using Capsule.Init.Outer;
using Capsule.Init.Wire;

// capsule-init outer NAME BWRAP | enter … | cell | exec | probe: started by the runner and by itself, never by a person.
if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
{
    return (int)InitStep.Architecture;
}

return args switch
{
    [Protocol.ExecMode] => ExecMode.Run(),
    [Protocol.CellMode] => CellMode.Run(),
    [Protocol.EnterMode, var uid, var gid, var bubblewrap] => EnterMode.Run(uid, gid, bubblewrap),
    [Protocol.OuterMode, var name, var bubblewrap] => OuterMode.Run(name, bubblewrap),
    [Protocol.ProbeMode] => ProbeMode.Run(),
    _ => (int)InitStep.Usage,
};
