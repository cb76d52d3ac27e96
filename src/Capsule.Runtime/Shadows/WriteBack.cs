using System.Globalization;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Shadows;

/// <summary>
/// Brings what a command changed in its private copy back into the user's folder (specs: sandbox 2): regular files alone, none of
/// <see cref="ProtectedNames"/>, each whole or not at all, and never over something that is other than the command found it.
/// </summary>
internal static class WriteBack
{
    private const int MostNamed = 5;

    /// <summary>Does it. A cancellation ends it between two files; it is told, not thrown.</summary>
    public static WriteBackReport Apply(WriteBackRequest request, FolderState after, CancellationToken cancel)
    {
        var changes = FolderChanges.Between(request, after);
        if (TooMuch(changes.Wanted, request.Rules) is { } problem)
        {
            return new WriteBackReport(Told(changes.Left, request), [problem]);
        }

        var outcomes = new List<WriteBackOutcome>(changes.Left);
        var problems = new List<Diagnostic>();
        using var writer = new FolderWriter(request);
        var done = 0;
        foreach (var change in changes.Wanted)
        {
            if (cancel.IsCancellationRequested)
            {
                problems.Add(WriteBackDiagnostics.Interrupted.Now(done, changes.Wanted.Count));
                break;
            }

            try
            {
                if (writer.Put(change) is { } outcome)
                {
                    outcomes.Add(outcome);
                }

                done++;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                outcomes.Add(new WriteBackOutcome(change.Path, WriteBackAction.Failed, refused.Message));
                problems.Add(WriteBackDiagnostics.NotWritten.Now(request.Prefix + change.Path, refused.Message));
                if (refused is IOException)
                {
                    // A full disk will not take the next one either.
                    break;
                }
            }
        }

        var told = Told(outcomes, request);
        var conflicts = told.Where(o => o.Action == WriteBackAction.Conflict).Select(o => o.Path).ToList();
        if (conflicts.Count > 0)
        {
            problems.Insert(0, WriteBackDiagnostics.Conflict.Now(Names(conflicts)));
        }

        return new WriteBackReport(told, problems);
    }

    private static Diagnostic? TooMuch(IReadOnlyList<FileChange> changes, WriteBackRules rules)
    {
        var bytes = changes.Sum(c => c.After?.Length ?? 0);
        return changes.Count > rules.MostFiles ? WriteBackDiagnostics.TooMuch.Now(string.Create(CultureInfo.InvariantCulture, $"{changes.Count} files, and {rules.MostFiles} at most"))
            : bytes > rules.MostBytes ? WriteBackDiagnostics.TooMuch.Now(string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes, and {rules.MostBytes} at most"))
            : null;
    }

    private static IReadOnlyList<WriteBackOutcome> Told(IEnumerable<WriteBackOutcome> outcomes, WriteBackRequest request) =>
        [.. outcomes.Select(o => o with { Path = request.Prefix + o.Path }).OrderBy(o => o.Path, StringComparer.Ordinal)];

    private static string Names(List<string> paths) =>
        string.Join(", ", paths.Take(MostNamed)) + (paths.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {paths.Count - MostNamed} more") : "");
}
