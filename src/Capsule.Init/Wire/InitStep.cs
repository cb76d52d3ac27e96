namespace Capsule.Init.Wire;

/// <summary>
/// The steps of the init that can fail. The number is the exit code where a process ends because of it, and the first
/// number of a <see cref="PacketKind.Failed"/> packet.
/// </summary>
internal enum InitStep
{
    None = 0,
    Usage = 100,
    Architecture = 101,
    Connect = 102,
    Groups = 104,
    Gid = 105,
    Uid = 106,
    StillRoot = 107,
    Bubblewrap = 108,
    Spawn = 109,
    Socket = 110,
    Control = 111,
    Specification = 112,
    Session = 113,
    WorkingDirectory = 114,
    Limits = 115,
    Descriptors = 116,
    NoNewPrivileges = 117,
    Landlock = 118,
    Seccomp = 119,
    Status = 120,
    Execute = 121,
    MountNamespace = 122,
    Staging = 123,
}
