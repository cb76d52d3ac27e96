using Capsule.Core.Diagnostics;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Shadows;

/// <summary>What became of one declared output of a run.</summary>
/// <param name="Id">The mount's id.</param>
/// <param name="Folder">The folder that the user named; null when none was.</param>
/// <param name="Report">Its files.</param>
public sealed record CollectedOutput(string Id, string? Folder, WriteBackReport Report);

/// <summary>Takes declared outputs out of the run, by the rules and the code of the write-back.</summary>
internal static class OutputCollection
{
    public static CollectedOutput Collect(string id, string from, string? to, WriteBackRules rules, CancellationToken cancel)
    {
        if (to is null)
        {
            return new CollectedOutput(id, null, WriteBackReport.Nothing);
        }

        try
        {
            using var inside = HeldFolder.Open(from);
            Directory.CreateDirectory(to);
            using var outside = HeldFolder.Open(to);
            var request = new WriteBackRequest { From = inside, To = outside, Rules = rules, IsOutput = true };
            return new CollectedOutput(id, to, WriteBack.Apply(request, FolderScan.Read(inside, rules, null, CancellationToken.None), cancel));
        }
        catch (RefusedException refused)
        {
            return new CollectedOutput(id, to, new WriteBackReport([], [refused.Diagnostic]));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new CollectedOutput(id, to, new WriteBackReport([], [WriteBackDiagnostics.NotWritten.Now(to, refused.Message)]));
        }
    }

    public static void Tell(IEnumerable<CollectedOutput> outputs, RunLog log)
    {
        foreach (var output in outputs)
        {
            if (output.Folder is null)
            {
                log.Say($"no folder was named for the output '{output.Id}'; what it held is gone", LogLevel.Warn);
            }

            foreach (var file in output.Report.Outcomes)
            {
                log.Say($"output {output.Id}: {WriteBackText.Of(file)}", file.IsWritten ? LogLevel.Info : LogLevel.Warn);
            }

            foreach (var problem in output.Report.Problems)
            {
                log.Say($"{problem.Code}: {problem.Message}", LogLevel.Error);
            }
        }
    }
}
