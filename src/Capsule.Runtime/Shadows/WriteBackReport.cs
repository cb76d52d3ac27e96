using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Shadows;

/// <summary>What became of one file that a command changed.</summary>
public enum WriteBackAction
{
    /// <summary>The project has it now.</summary>
    Created,

    /// <summary>The project has its new content now.</summary>
    Changed,

    /// <summary>The project no longer has it.</summary>
    Deleted,

    /// <summary>It stays in the sandbox and is gone with it.</summary>
    Left,

    /// <summary>Somebody else changed it in the project meanwhile; the project's stays.</summary>
    Conflict,

    /// <summary>The system refused.</summary>
    Failed,
}

/// <summary>One file or folder, told once.</summary>
/// <param name="Path">Relative to the project, with <c>/</c>; a folder ends with it. As it is: print it through <see cref="TerminalText"/>.</param>
/// <param name="Action">What became of it.</param>
/// <param name="Reason">Why it was not written; null when it was.</param>
public sealed record WriteBackOutcome(string Path, WriteBackAction Action, string? Reason = null)
{
    public bool IsWritten => Action is WriteBackAction.Created or WriteBackAction.Changed or WriteBackAction.Deleted;
}

/// <summary>What came back from a sandbox, and what did not.</summary>
/// <param name="Outcomes">In the order of their paths.</param>
/// <param name="Problems">Why not everything that may come back did; empty when it did.</param>
public sealed record WriteBackReport(IReadOnlyList<WriteBackOutcome> Outcomes, IReadOnlyList<Diagnostic> Problems)
{
    public static WriteBackReport Nothing { get; } = new([], []);
}
