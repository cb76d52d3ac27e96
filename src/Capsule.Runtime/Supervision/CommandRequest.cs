using Capsule.Runtime.Shadows;

namespace Capsule.Runtime.Supervision;

/// <summary>A command of the user's for a sandbox of its own.</summary>
public sealed record CommandRequest
{
    /// <summary>The cell whose walls, folders and toolchain it gets.</summary>
    public required string Cell { get; init; }

    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Argv { get; init; }

    /// <summary>Its standard input, to the end.</summary>
    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    public required Stream Error { get; init; }

    /// <summary>Asked when the wait is cancelled: the signal that the command gets. It has two seconds to obey.</summary>
    public required Func<int> Signal { get; init; }
}

/// <summary>How a command ended, and what of its changes the project has now.</summary>
/// <param name="ExitCode">Its own; a death by signal is 128 plus its number.</param>
/// <param name="Written">What was written back; nothing when the command was interrupted.</param>
public sealed record CommandEnd(int ExitCode, WriteBackReport Written);
