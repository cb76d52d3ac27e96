using System.Collections.Concurrent;
using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Kits.Skills;
using Capsule.Operations.Running;
using Capsule.Operations.Secrets;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule run PACKAGE</c>: starts a package in its sandbox and stays until it ends or is stopped.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var options = new RunOptions();
        var command = Verb.Define("run", "Runs a package in its sandbox until it ends, or until Ctrl-C.\n\nExample: capsule run ./my-kit", options.Symbols,
            (context, cancel) => context.Get(options.Detach) && !context.Get(options.Watch) && !Detached.IsChild
                ? DetachAsync(context, options, cancel)
                : StayAsync(context, options, cancel));
        return command;
    }

    /// <summary>The program in the background has no terminal: what a person has to agree to or to type is asked before it starts.</summary>
    private static async Task<Answer> DetachAsync(VerbContext context, RunOptions options, CancellationToken cancel)
    {
        var secrets = Result.Of(GivenSecrets.None);
        if (options.Secrets.HasInput(context) || options.Consent.Asks(context))
        {
            var target = await FindAsync(context, options, cancel);
            if (!target.Succeeded)
            {
                return Answer.Failed(target.Diagnostics);
            }

            var given = Give(context, options, target.Value);
            if (!given.Succeeded)
            {
                return Answer.Failed(given.Diagnostics);
            }

            if (options.Consent.Asks(context) && options.Consent.Check(context, target.Value, given.Value) is { Count: > 0 } refused)
            {
                return Answer.Failed(refused);
            }

            secrets = options.Secrets.Read(context, cancel);
            if (secrets.Succeeded && target.Value.Compiled.Launch is { } plan)
            {
                var found = SecretResolution.Of(plan, target.Value.Folder, target.Value.IsManaged, context.Home, target.Value.Foreign?.Name).Resolve(plan, secrets.Value);
                secrets = found.Succeeded ? secrets : Result.Failed<GivenSecrets>(found.Diagnostics);
            }
        }

        return secrets.Succeeded ? await Detached.StartAsync(context, options.Secrets.Input(context, secrets.Value), cancel) : Answer.Failed(secrets.Diagnostics);
    }

    private static Task<Result<RunTarget>> FindAsync(VerbContext context, RunOptions options, CancellationToken cancel) =>
        RunTarget.FindAsync(context, context.Get(options.Project) ?? context.Get(options.Package), options.Selection.Read(context), context.Get(options.Locked), cancel);

    /// <summary>The folders for this run; every one that the package needs is among them.</summary>
    private static Result<Grants> Give(VerbContext context, RunOptions options, RunTarget target)
    {
        var given = options.Grants.Read(context, target.Compiled.Launch, target.Folder);
        return given.Succeeded && target.Compiled is { Launch: { } plan, LaunchNotYet.Count: 0 } && GrantedFolders.Missing(plan, given.Value.Mounts).ToArray() is { Length: > 0 } missing
            ? Result.Failed<Grants>(missing)
            : given;
    }

    private static Task<Answer> WatchAsync(VerbContext context, RunOptions options, CancellationToken cancel) => WatchedRun.RunAsync(
        context,
        options,
        context.Get(options.Project) ?? context.Get(options.Package),
        (watched, stop) => RunAsync(context, options, stop, watched),
        async stop =>
        {
            var target = await FindAsync(context, options, stop);
            return target.Succeeded ? Give(context, options, target.Value).Diagnostics : target.Diagnostics;
        },
        cancel);

    /// <summary>In the foreground, until it ends or is stopped; started again when its files change, if that is wanted.</summary>
    internal static Task<Answer> StayAsync(VerbContext context, RunOptions options, CancellationToken cancel) =>
        context.Get(options.Watch) ? WatchAsync(context, options, cancel) : RunAsync(context, options, cancel);

    private static async Task<Answer> RunAsync(VerbContext context, RunOptions options, CancellationToken cancel, WatchedRun? watched = null)
    {
        var env = options.Env.Read(context);
        if (!env.Succeeded)
        {
            return Answer.Failed(env.Diagnostics);
        }

        var target = await FindAsync(context, options, cancel);
        if (!target.Succeeded)
        {
            return Answer.Failed(target.Diagnostics);
        }

        context.Voice.Tell(target.Diagnostics);
        context.Voice.Found(target.Value);
        SkillOptions.Sweep(context);
        var places = options.Skill.Read(context, target.Value);
        if (!places.Succeeded)
        {
            return Answer.Failed(places.Diagnostics);
        }

        var grants = Give(context, options, target.Value);
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

        var denials = new ConcurrentQueue<Denial>();
        await using var sandbox = new BubblewrapSandbox(Machine.SandboxOptions(context));
        var started = await PackageRunner.StartAsync(
            new PackageRunRequest
            {
                Package = WithArguments(target.Value.Compiled, context.Get(options.Arguments)),
                Directory = target.Value.Folder,
                Installed = target.Value.IsManaged,
                Origin = target.Value.Foreign?.Name,
                Mode = options.Mode.Read(context),
                Container = context.Get(options.Project) is null ? null : context.FullPath(context.Get(options.Package)),
                Locked = target.Value.Locked,
                Home = context.Home,
                Sandbox = sandbox,
                Choices = options.Launch.Read(context) with { Restart = context.Get(options.Restart), OnCall = context.Get(options.OnCall), HealthEvery = context.Get(options.Health) },
                Port = context.Get(options.Port) ?? watched?.Port,
                Env = env.Value,
                Grants = grants.Value,
                Secrets = secrets.Value,
                Log = line =>
                {
                    context.Voice.Log(line);
                    if (line.Denial is { } denial && !LogPrinter.IsQuiet(line))
                    {
                        denials.Enqueue(denial);
                    }
                },
            },
            cancel);
        if (!started.Succeeded)
        {
            return Answer.Failed(started.Diagnostics) with { Data = Data(null, target.Value, Grants.None, denials) };
        }

        await using var running = started.Value;
        var skills = new List<InstalledSkill>();
        JsonObject Told()
        {
            var data = Data(running.Id, target.Value, running.Record.Grants, denials);
            data["skills"] = SkillOptions.Json(skills);
            return data;
        }

        RunEnd end;
        try
        {
            if (await SkillOptions.InstallAsync(context, places.Value, running, skills, cancel) is { Count: > 0 } unwritten)
            {
                return Answer.Failed(unwritten) with { Data = Told() };
            }

            if (Detached.IsChild)
            {
                Detached.Report(context, running);
            }

            watched?.Started(running);
            context.Voice.Started(target.Value, running);
            end = await running.Ended.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            await running.StopAsync();
            return new Answer { Exit = Interruption.Exit, Data = Told() };
        }
        finally
        {
            SkillOptions.Remove(context, skills);
        }

        return new Answer { Exit = (ExitCode)end.ExitCode, Diagnostics = end.Problem is { } problem ? [problem] : [], Data = Told() };
    }

    private static JsonObject Data(string? run, RunTarget target, Grants grants, IEnumerable<Denial> denials) => new()
    {
        ["run"] = run,
        ["origin"] = OriginJson.Of(target),
        ["grants"] = GrantJson.Of(grants),
        ["denials"] = new JsonArray([.. denials.Select(DenialJson.Of)]),
    };

    /// <summary>Arguments behind <c>--</c> go to the package's one task; a service takes none.</summary>
    private static Families.CompiledPackage WithArguments(Families.CompiledPackage compiled, string[] arguments)
    {
        if (arguments.Length == 0 || compiled.Launch is not { } launch)
        {
            return compiled;
        }

        if (!launch.Cells.SelectMany(c => c.Processes).Any(p => p.Stage == ProcessStage.Task && p.Argv is not null))
        {
            throw new RefusedException(CommandDiagnostics.TakesNoArguments.Now(compiled.Package.Name));
        }

        return compiled with
        {
            Launch = launch with
            {
                Cells = [.. launch.Cells.Select(cell => cell with
                {
                    Processes = [.. cell.Processes.Select(p => p.Stage == ProcessStage.Task && p.Argv is { } argv ? p with { Argv = [.. argv, .. arguments] } : p)],
                })],
            },
        };
    }
}
