using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Exec;

/// <summary>
/// Builds the filter in classic BPF. One instruction is eight bytes: u16 code, u8 jump if true, u8 jump if false, u32 operand.
/// A wrong architecture kills the process; denied calls give EPERM, unknown ones ENOSYS (specs: platform 3, sandbox 2).
/// </summary>
/// <param name="sockets">Which sockets may be made.</param>
/// <param name="seen">
/// Whether refused calls are told to a listener, which answers with <see cref="SystemCallTable.ErrorOf"/>. Unknown calls never are:
/// every new thread asks for one of them.
/// </param>
internal sealed class SystemCallFilter(SocketRule sockets, bool seen)
{
    private const uint Allow = 0x7FFF0000;
    private const uint KillProcess = 0x80000000;
    private const uint Error = 0x00050000;
    private const uint Tell = 0x7FC00000;
    private const uint NoSuchCall = Error | Constants.NoSystemCall;

    private const ushort LoadWord = 0x20;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort IfAnyBit = 0x45;
    private const ushort Return = 0x06;

    // Offsets in struct seccomp_data; the low half of a 64-bit argument comes first.
    private const uint Number = 0;
    private const uint Architecture = 4;
    private const uint FirstArgument = 16;
    private const uint ArgumentSize = 8;

    private readonly uint _notPermitted = seen ? Tell : Error | SystemCallTable.NotPermitted;
    private readonly uint _noSuchFamily = seen ? Tell : Error | SystemCallTable.NoSuchFamily;
    private readonly List<ulong> _program = [];

    public ulong[] Build()
    {
        Add(LoadWord, Architecture);
        Add(IfEqual, SystemCallTable.AuditArchitecture, whenTrue: 1);
        Add(Return, KillProcess);
        Add(LoadWord, Number);
        Add(IfAtLeast, SystemCallTable.OtherAbiBit, whenFalse: 1);
        Add(Return, KillProcess);
        When(IfAtLeast, SystemCallTable.FirstUnknown, NoSuchCall);
        When(IfEqual, SystemCallTable.Clone3, NoSuchCall);
        When(IfEqual, SystemCallTable.OpenAt2, NoSuchCall);
        foreach (var call in SystemCallTable.Denied)
        {
            When(IfEqual, call, _notPermitted);
        }

        AddSocketRule();
        AddArgumentRule(SystemCallTable.Clone, 0, IfAnyBit, _notPermitted, SystemCallTable.NamespaceFlags);
        AddArgumentRule(SystemCallTable.Ioctl, 1, IfEqual, _notPermitted, SystemCallTable.InsertInput, SystemCallTable.ConsoleControl);
        AddArgumentRule(SystemCallTable.Seccomp, 1, IfAnyBit, Error | SystemCallTable.Busy, SystemCallTable.NewListener);
        foreach (var (call, mode, flags) in SystemCallTable.ModeSetters)
        {
            AddModeRule(call, mode, flags);
        }

        Add(Return, Allow);
        return [.. _program];
    }

    private void AddSocketRule()
    {
        if (sockets == SocketRule.Unix)
        {
            Add(IfEqual, SystemCallTable.Socket, whenFalse: 4);
            Add(LoadWord, Argument(0));
            Add(IfEqual, Constants.AddressUnix, whenFalse: 1);
            Add(Return, Allow);
            Add(Return, _noSuchFamily);
            return;
        }

        Add(IfEqual, SystemCallTable.Socket, whenFalse: 9);
        Add(LoadWord, Argument(0));
        Add(IfEqual, Constants.AddressUnix, whenTrue: 5);
        Add(IfEqual, Constants.AddressInternet, whenTrue: 4);
        Add(IfEqual, Constants.AddressInternet6, whenTrue: 3);
        Add(IfEqual, Constants.AddressNetlink, whenFalse: 3);
        Add(LoadWord, Argument(2));
        Add(IfEqual, SystemCallTable.NetlinkRoute, whenFalse: 1);
        Add(Return, Allow);
        Add(Return, _noSuchFamily);
    }

    private void AddModeRule(uint call, int mode, int flags)
    {
        var creating = flags >= 0;
        Add(IfEqual, call, whenFalse: (byte)(creating ? 6 : 4));
        if (creating)
        {
            Add(LoadWord, Argument(flags));
            Add(IfAnyBit, SystemCallTable.CreatingFlags, whenFalse: 3);
        }

        Add(LoadWord, Argument(mode));
        When(IfAnyBit, SystemCallTable.SetIdBits, _notPermitted);
        Add(Return, Allow);
    }

    private void AddArgumentRule(uint call, int argument, ushort test, uint action, params ReadOnlySpan<uint> refused)
    {
        Add(IfEqual, call, whenFalse: (byte)(2 + (2 * refused.Length)));
        Add(LoadWord, Argument(argument));
        foreach (var value in refused)
        {
            When(test, value, action);
        }

        Add(Return, Allow);
    }

    private static uint Argument(int index) => FirstArgument + ((uint)index * ArgumentSize);

    private void When(ushort test, uint value, uint action)
    {
        Add(test, value, whenFalse: 1);
        Add(Return, action);
    }

    private void Add(ushort code, uint operand, byte whenTrue = 0, byte whenFalse = 0) =>
        _program.Add(code | ((ulong)whenTrue << 16) | ((ulong)whenFalse << 24) | ((ulong)operand << 32));
}
