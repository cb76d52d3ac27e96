using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Distribution;
using Capsule.Distribution.Sources;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary>
/// <c>capsule exec [WHERE] -- COMMAND</c>: a program in a cell of a run that lives, with the walls of its processes, or in a fresh one over a
/// private copy of a project.
/// </summary>
internal static class ExecCommand
{
    private const string Summary =
        "Runs a program beside the processes of a run that lives, or over a copy of a project, in the same sandbox.\n"
        + "What it changes in the copy of a project is then written back, file by file, and each is named on stderr. Files that programs on this\n"
        + "machine act on unasked (hidden files, MSBuild, CI, editors, manifests) are not, nor are dependencies and build output.\n\n"
        + "Example: capsule exec hello -- bun add zod";

    public static Command Make()
    {
        var options = new ExecOptions();
        return Verb.Define("exec", Summary, options.Symbols, async (context, cancel) =>
        {
            var call = ExecCall.Read(context, options);
            return call.Succeeded ? await DispatchAsync(context, options, call.Value, cancel) : Answer.Failed(call.Diagnostics);
        });
    }

    /// <summary>A living run wins over a folder of the same name; a folder is meant for certain when it is written with a slash.</summary>
    private static async Task<Answer> DispatchAsync(VerbContext context, ExecOptions options, ExecCall call, CancellationToken cancel)
    {
        if (call.Where is not { } where)
        {
            return await ProjectExec.RunAsync(context, options, call with { Where = "." }, cancel);
        }

        var run = RunList.Find(context.Home, where, commands: false);
        if (run is { Succeeded: true, Value.IsAlive: true })
        {
            var record = run.Value.Record;
            return options.OfAProject(context) is { Length: > 0 } unfit
                ? Answer.Failed(CommandDiagnostics.GivenToARun.Now(
                    record.Id, record.Grants.Mounts.Count == 0 ? "none" : string.Join(", ", record.Grants.Mounts.Values), string.Join(" and ", unfit)))
                : await RunExec.JoinAsync(context, run.Value, call, cancel);
        }

        var path = context.FullPath(where);
        if (GitLocation.LooksLike(where) || Directory.Exists(path) || File.Exists(path) || (!run.Succeeded && PackageName.LooksLike(where)))
        {
            return await ProjectExec.RunAsync(context, options, call, cancel);
        }

        if (call.Process is null && ProjectExec.HasProcess(context, options, where))
        {
            return await ProjectExec.RunAsync(context, options, call with { Where = ".", Process = where }, cancel);
        }

        return run.Succeeded ? await RunExec.JoinAsync(context, run.Value, call, cancel) : Answer.Failed(run.Diagnostics);
    }
}
