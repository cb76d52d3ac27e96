namespace Capsule.Init.Linux;

/// <summary>System calls made by number: those that the C library of an older distribution lacks. Numbers from 424 on are equal everywhere.</summary>
internal static class CallNumbers
{
    /// <summary>x86_64 only.</summary>
    public const int Seccomp = 317;

    /// <summary>x86_64 only.</summary>
    public const int MemoryFile = 319;

    /// <summary>x86_64 only.</summary>
    public const int ExtendedStatus = 332;

    public const int PidfdOpen = 434;
    public const int CloseRange = 436;
    public const int LandlockCreate = 444;
    public const int LandlockAddRule = 445;
    public const int LandlockRestrict = 446;
}
