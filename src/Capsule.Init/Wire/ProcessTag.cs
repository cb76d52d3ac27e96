namespace Capsule.Init.Wire;

/// <summary>
/// The records of a process specification: one tag byte, text, NUL. Unknown tags are refused: a copy that does not know a
/// restriction must not run without it.
/// </summary>
internal static class ProcessTag
{
    /// <summary>An argument; the first is the program, looked up on the PATH of the given environment when it has no slash.</summary>
    public const byte Argument = (byte)'a';

    /// <summary><c>NAME=value</c>.</summary>
    public const byte Environment = (byte)'e';

    /// <summary>The working directory.</summary>
    public const byte WorkingDirectory = (byte)'c';

    /// <summary><c>resource:value</c>, both decimal: soft and hard limit.</summary>
    public const byte Limit = (byte)'r';

    /// <summary><c>access:path</c>, access decimal (<see cref="LandlockAccess"/>).</summary>
    public const byte Landlock = (byte)'l';

    /// <summary>A <see cref="SocketRule"/>, decimal.</summary>
    public const byte Sockets = (byte)'n';
}

/// <summary>Which sockets the filter lets a process make.</summary>
internal enum SocketRule
{
    /// <summary>AF_UNIX only.</summary>
    Unix = 1,

    /// <summary>AF_UNIX, AF_INET, AF_INET6 and netlink's routing family.</summary>
    Internet = 2,
}
