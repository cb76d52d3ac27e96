using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing;

/// <summary>
/// A package whose cases can run. Its owner stops it. One call at a time; the engine's time limit covers commands and requests,
/// neither preparation nor start.
/// </summary>
public interface ITestedPackage
{
    /// <summary>Makes the package ready for a case: its cells are prepared, with the case's fixtures bound.</summary>
    /// <param name="fixtures">Mount id to a path relative to the project folder.</param>
    /// <param name="cancel">Ends the preparation.</param>
    /// <returns>Why it cannot be made ready; no errors when it is.</returns>
    Task<IReadOnlyList<Diagnostic>> PrepareAsync(IReadOnlyDictionary<string, string> fixtures, CancellationToken cancel);

    /// <summary>Starts what was prepared unless it runs already, and says where it answers.</summary>
    /// <param name="process">The process to call; null for the public listener.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <returns>The target, or why the package cannot be called.</returns>
    Task<Result<TestTarget>> ReachAsync(string? process, CancellationToken cancel);

    /// <summary>Runs a command to its end in the prepared cell of a process.</summary>
    /// <param name="command">What to run and where.</param>
    /// <param name="cancel">Ends the command and everything that it started, before the task completes.</param>
    /// <returns>How it ended, or why it could not be started.</returns>
    Task<Result<CommandOutcome>> ExecAsync(TestCommand command, CancellationToken cancel);

    /// <summary>A text that the package had a part in, as a report may show it: without the values of secrets.</summary>
    string Masked(string text) => text;
}
