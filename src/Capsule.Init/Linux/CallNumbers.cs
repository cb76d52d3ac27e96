namespace Capsule.Init.Linux;

/// <summary>System calls made by number: those that the C library of an older distribution lacks. Numbers from 424 on are equal everywhere.</summary>
internal static class CallNumbers
{
    /// <summary>rt_sigaction, without the C library's care for the signals it keeps to itself; x86_64 only.</summary>
    public const int SignalAction = 13;

    /// <summary>x86_64 only.</summary>
    public const int Seccomp = 317;

    /// <summary>x86_64 only.</summary>
    public const int MemoryFile = 319;

    /// <summary>x86_64 only.</summary>
    public const int ExtendedStatus = 332;

    public const int OpenTree = 428;
    public const int MoveMount = 429;
    public const int PidfdOpen = 434;
    public const int MountSetAttributes = 442;
    public const int CloseRange = 436;
    public const int LandlockCreate = 444;
    public const int LandlockAddRule = 445;
    public const int LandlockRestrict = 446;
}
