using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing;

/// <summary>
/// A package whose cases can run: its cells are prepared, and it starts when a case first calls it. Its owner stops it.
/// The engine's time limit covers a request or a command, not the start.
/// </summary>
public interface ITestedPackage
{
    /// <summary>Starts the package unless it runs already with these fixtures, and says where it answers.</summary>
    /// <param name="process">The process to call; null for the public listener.</param>
    /// <param name="fixtures">Folders bound for this case: mount id to a path relative to the project folder.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <returns>The target, or why the package cannot be called.</returns>
    Task<Result<TestTarget>> ReachAsync(string? process, IReadOnlyDictionary<string, string> fixtures, CancellationToken cancel);

    /// <summary>Runs a command to its end in the prepared cell of a process.</summary>
    /// <param name="command">What to run and where.</param>
    /// <param name="cancel">Ends the command and everything that it started, before the task completes.</param>
    /// <returns>How it ended, or why it could not be started.</returns>
    Task<Result<CommandOutcome>> ExecAsync(TestCommand command, CancellationToken cancel);
}
