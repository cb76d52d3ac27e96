namespace Capsule.Init.Linux;

/// <summary>Numbers of the Linux interface, the same on every 64-bit architecture unless said otherwise.</summary>
internal static class Constants
{
    public const int AddressUnix = 1;
    public const int AddressInternet = 2;
    public const int AddressNetlink = 16;
    public const int AddressInternet6 = 10;
    public const int SocketStream = 1;
    public const int SocketSequencedPacket = 5;
    public const int SocketCloseOnExec = 0x80000;
    public const int SocketNonBlocking = 0x800;
    public const int SocketLevel = 1;
    public const int PassCredentials = 16;
    public const int PeerCredentials = 17;
    public const int ControlRights = 1;
    public const int ControlCredentials = 2;
    public const int MessageNoSignal = 0x4000;
    public const int MessageCloseOnExec = 0x40000000;
    public const int MessageControlTruncated = 8;
    public const int ShutdownBoth = 2;

    public const int PollIn = 1;
    public const int PollOut = 4;

    public const int OpenReadOnly = 0;
    public const int OpenDirectory = 0x10000;
    public const int OpenNoFollow = 0x20000;
    public const int OpenCloseOnExec = 0x80000;
    public const int OpenPathOnly = 0x200000;
    public const int DuplicateCloseOnExec = 1030;
    public const int CurrentFolder = -100;
    public const int AtNoFollow = 0x100;
    public const int AtEmptyPath = 0x1000;
    public const int AtRecursive = 0x8000;
    public const int GetStatusFlags = 3;
    public const int OpenWriteOnly = 1;
    public const int OpenCreate = 0x40;
    public const int OpenTreeClone = 1;
    public const int MoveMountFromEmptyPath = 4;
    public const ulong MountAttributeIdMap = 0x100000;
    public const int NewMountNamespace = 0x20000;
    public const int MountNoSetUid = 2;
    public const int MountNoDevices = 4;
    public const int MountRecursive = 0x4000;
    public const int MountPrivate = 0x40000;
    public const int SetDescriptorFlags = 2;
    public const int SetStatusFlags = 4;
    public const int CloseOnExec = 1;
    public const int SeekSet = 0;
    public const int SeekEnd = 2;

    public const int WaitNoHang = 1;
    public const int SignalKill = 9;
    public const int SignalLast = 64;
    public const int SetMask = 2;

    public const int SetParentDeathSignal = 1;
    public const int SetDumpable = 4;
    public const int SetChildSubreaper = 36;
    public const int SetNoNewPrivileges = 38;

    public const int LimitCpu = 0;
    public const int LimitFileSize = 1;
    public const int LimitCore = 4;
    public const int LimitProcesses = 6;
    public const int LimitFiles = 7;

    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int AccessDenied = 13;
    public const int NotDirectory = 20;
    public const int InvalidArgument = 22;
    public const int NoSystemCall = 38;
    public const int NotSupported = 95;

    public const int CloseRangeCloseOnExec = 4;
}
