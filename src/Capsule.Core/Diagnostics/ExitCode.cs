namespace Capsule.Core.Diagnostics;

/// <summary>What a process of ours returns (design.md 9).</summary>
public enum ExitCode
{
    Ok = 0,
    Invalid = 1,
    Usage = 2,
    Network = 3,
    NotFound = 4,
    Refused = 5,
    ProcessFailed = 6,
    SandboxRefused = 7,
    MissingInput = 8,
    Conflict = 9,
    Interrupted = 130,
    Terminated = 143,
}
