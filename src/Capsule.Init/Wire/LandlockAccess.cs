namespace Capsule.Init.Wire;

/// <summary>Landlock's file rights (linux/landlock.h).</summary>
[Flags]
internal enum LandlockAccess : ulong
{
    None = 0,
    Execute = 1 << 0,
    WriteFile = 1 << 1,
    ReadFile = 1 << 2,
    ReadFolder = 1 << 3,
    RemoveFolder = 1 << 4,
    RemoveFile = 1 << 5,
    MakeCharacterDevice = 1 << 6,
    MakeFolder = 1 << 7,
    MakeFile = 1 << 8,
    MakeSocket = 1 << 9,
    MakePipe = 1 << 10,
    MakeBlockDevice = 1 << 11,
    MakeLink = 1 << 12,

    /// <summary>Rename and link across folders; ABI 2.</summary>
    Refer = 1 << 13,

    /// <summary>ABI 3.</summary>
    Truncate = 1 << 14,

    /// <summary>ABI 5.</summary>
    DeviceControl = 1 << 15,

    Read = ReadFile | ReadFolder,

    /// <summary>Everything but starting programs.</summary>
    Write = Read | WriteFile | RemoveFolder | RemoveFile | MakeFolder | MakeFile | MakeSocket | MakePipe | MakeLink | Refer | Truncate,

    /// <summary>What a rule for something that is not a folder may hold.</summary>
    OfFiles = Execute | WriteFile | ReadFile | Truncate | DeviceControl,
}
