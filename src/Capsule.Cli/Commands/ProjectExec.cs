using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Operations.Running;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Shadows;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule exec PROJECT</c>: in a sandbox of its own over a copy of the project, and back.</summary>
internal static class ProjectExec
{
    /// <summary>True when the project of the current folder has a process or cell of this name.</summary>
    public static bool HasProcess(VerbContext context, ExecOptions options, string name) =>
        SourcePackage.Compile(context.WorkingDirectory, target: options.Selection.Read(context).Target) is { Value.Compiled.Launch: { } plan }
        && plan.Cells.Any(c => c.Id == name || c.Processes.Any(p => p.Id == name));

    public static async Task<Answer> RunAsync(VerbContext context, ExecOptions options, ExecCall call, CancellationToken cancel)
    {
        var env = options.Env.Read(context);
        if (!env.Succeeded)
        {
            return Answer.Failed(env.Diagnostics);
        }

        var target = await RunTarget.FindAsync(context, call.Where!, options.Selection.Read(context), requireLock: false, cancel);
        if (!target.Succeeded)
        {
            return Answer.Failed(target.Diagnostics);
        }

        context.Voice.Tell(target.Diagnostics);
        context.Voice.Found(target.Value);
        SkillOptions.Sweep(context);
        var grants = options.Grants.Read(context, target.Value.Compiled.Launch, target.Value.Folder);
        if (!grants.Succeeded)
        {
            return Answer.Failed(grants.Diagnostics);
        }

        if (options.Consent.Check(context, target.Value, grants.Value) is { Count: > 0 } refused)
        {
            return Answer.Failed(refused);
        }

        var secrets = options.Secrets.Read(context, cancel);
        if (!secrets.Succeeded)
        {
            return Answer.Failed(secrets.Diagnostics);
        }

        await using var input = context.Get(options.All) ? Stream.Null : Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        await using var error = Console.OpenStandardError();
        await using var sandbox = new BubblewrapSandbox(Machine.SandboxOptions(context));
        var ended = await ProjectCommand.RunAsync(
            new ProjectCommandRequest
            {
                Package = new PackageRunRequest
                {
                    Package = target.Value.Compiled,
                    Directory = target.Value.Folder,
                    Installed = target.Value.IsManaged,
                    Origin = target.Value.Foreign?.Name,
                    Locked = target.Value.Locked,
                    Home = context.Home,
                    Sandbox = sandbox,
                    Env = env.Value,
                    Grants = grants.Value,
                    Secrets = secrets.Value,
                    Log = line => Print(context, line),
                },
                Process = call.Process,
                All = context.Get(options.All),
                Prepare = !context.Get(options.NoPrepare),
                WriteBack = !context.Get(options.NoWriteBack),
                Command = cell => new CommandRequest { Cell = cell, Argv = call.Command, Input = input, Output = output, Error = error, Signal = Interruption.Signal },
            },
            cancel);
        return Answer.From(ended, end => Tell(context, end, cancel.IsCancellationRequested));
    }

    private static Answer Tell(VerbContext context, ProjectCommandEnd end, bool interrupted)
    {
        foreach (var file in end.Written.Outcomes)
        {
            context.Say(WriteBackText.Of(file));
        }

        if (interrupted && end.Written.Outcomes.Count == 0)
        {
            context.Say("interrupted: nothing was written back");
        }

        var problem = end.Written.Problems.Count > 0 ? end.Written.Problems[0].Kind.Exit : ExitCode.Ok;
        return new Answer
        {
            Exit = interrupted ? Interruption.Exit : end.ExitCode != 0 ? (ExitCode)end.ExitCode : problem,
            Diagnostics = end.Written.Problems,
            Data = new JsonObject
            {
                ["run"] = end.Run,
                ["exit"] = end.ExitCode,
                ["files"] = new JsonArray([.. end.Written.Outcomes.Select(Describe)]),
            },
        };
    }

    private static JsonObject Describe(WriteBackOutcome file) => new()
    {
        ["path"] = file.Path,
        ["action"] = file.Action.ToString().ToLowerInvariant(),
        ["reason"] = file.Reason,
    };

    /// <summary>stderr is the command's; before it the preparation may be seen at work, and what is refused is always told.</summary>
    private static void Print(VerbContext context, LogLine line)
    {
        if (line.Denial is not null || line.Level >= LogLevel.Warn || line.Process.EndsWith("/prepare", StringComparison.Ordinal))
        {
            context.Voice.Log(line);
        }
    }
}
