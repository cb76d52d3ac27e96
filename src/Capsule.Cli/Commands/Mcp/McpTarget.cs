using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Distribution;
using Capsule.Operations.Running;
using Capsule.Runtime.Mcp;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands.Mcp;

/// <summary>An MCP endpoint that can be called: of a run that lives, or of a package that was started for it and stops with it.</summary>
internal sealed class McpTarget : IAsyncDisposable
{
    private readonly BubblewrapSandbox? _sandbox;
    private readonly RunningPackage? _running;

    private McpTarget(Uri address, BubblewrapSandbox? sandbox = null, RunningPackage? running = null) => (Address, _sandbox, _running) = (address, sandbox, running);

    public Uri Address { get; }

    /// <summary>Completes when the package that was started has ended by itself; never for a run of somebody else.</summary>
    public Task<RunEnd> Ended => _running?.Ended ?? new TaskCompletionSource<RunEnd>().Task;

    /// <summary>A living run wins over a folder of the same name; a folder is meant for certain when it is written with a slash.</summary>
    public static async Task<Result<McpTarget>> OpenAsync(VerbContext context, McpOptions options, CancellationToken cancel)
    {
        var where = options.Named(context);
        if (LivingRun(context, where) is not { } run)
        {
            return IsAPackage(context, where) ? await StartAsync(context, options, where, cancel) : Result.Failed<McpTarget>(RunList.Find(context.Home, where, commands: false).Diagnostics);
        }

        if (options.OfAStart(context) is { Length: > 0 } unfit)
        {
            return CommandDiagnostics.GivenToARun.Now(
                run.Id, run.Grants.Mounts.Count == 0 ? "none" : string.Join(", ", run.Grants.Mounts.Values), string.Join(" and ", unfit));
        }

        var route = RouteOf(run.Package.Name, run.Public, context.Get(options.Path));
        return route.Succeeded && run.Address is { } address
            ? new McpTarget(new Uri(address, route.Value.Prefix))
            : Result.Failed<McpTarget>(route.Diagnostics);
    }

    /// <summary>Asks the endpoint something as a client; a package that is started for it stops afterwards.</summary>
    public static async Task<Result<T>> AskAsync<T>(VerbContext context, McpOptions options, Func<McpToolClient, Task<Result<T>>> ask, CancellationToken cancel)
        where T : class
    {
        var target = await OpenAsync(context, options, cancel);
        if (!target.Succeeded)
        {
            return Result.Failed<T>(target.Diagnostics);
        }

        await using var opened = target.Value;
        var connected = await McpToolClient.ConnectAsync(opened.Address, null, cancel);
        if (!connected.Succeeded)
        {
            return Result.Failed<T>(connected.Diagnostics);
        }

        await using var client = connected.Value;
        return await ask(client);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is { } running)
        {
            await running.DisposeAsync();
        }

        if (_sandbox is { } sandbox)
        {
            await sandbox.DisposeAsync();
        }
    }

    /// <summary>The run that is meant; null when it is a package.</summary>
    public static RunRecord? LivingRun(VerbContext context, string where) =>
        where.StartsWith('.') || where.Contains('/', StringComparison.Ordinal) && Directory.Exists(context.FullPath(where)) ? null
            : RunList.Find(context.Home, where, commands: false) is { Succeeded: true, Value: { IsAlive: true } found } ? found.Record
            : null;

    /// <summary>What else is written is the name of a run, and then there is none of it, or several.</summary>
    private static bool IsAPackage(VerbContext context, string where) =>
        where.Contains('/', StringComparison.Ordinal) || Path.Exists(context.FullPath(where)) || PackageName.LooksLike(where) || !RunList.All(context.Home).Any(r => r.IsAlive && r.Record.Package.Name == where);

    private static async Task<Result<McpTarget>> StartAsync(VerbContext context, McpOptions options, string where, CancellationToken cancel)
    {
        var target = await RunTarget.FindAsync(context, where, options.Selection.Read(context), context.Get(options.Locked), cancel);
        if (!target.Succeeded)
        {
            return Result.Failed<McpTarget>(target.Diagnostics);
        }

        context.Voice.Tell(target.Diagnostics);
        var compiled = target.Value.Compiled;
        var route = RouteOf(compiled.Package.Name, compiled.Launch?.Public ?? [], context.Get(options.Path));
        if (!route.Succeeded)
        {
            return Result.Failed<McpTarget>(route.Diagnostics);
        }

        var (env, grants) = (options.Env.Read(context), options.Grants.Read(context, compiled.Launch, target.Value.Folder));
        if (!env.Succeeded || !grants.Succeeded)
        {
            return Result.Failed<McpTarget>([.. env.Diagnostics, .. grants.Diagnostics]);
        }

        if (GrantedFolders.Missing(compiled.Launch!, grants.Value.Mounts).ToArray() is { Length: > 0 } missing)
        {
            return Result.Failed<McpTarget>(missing);
        }

        if (options.Consent.Check(context, target.Value, grants.Value) is { Count: > 0 } refused)
        {
            return Result.Failed<McpTarget>(refused);
        }

        var secrets = options.Secrets.Read(context, cancel);
        if (!secrets.Succeeded)
        {
            return Result.Failed<McpTarget>(secrets.Diagnostics);
        }

        var sandbox = new BubblewrapSandbox(Machine.SandboxOptions(context));
        var started = await PackageRunner.StartAsync(
            new PackageRunRequest
            {
                Package = compiled,
                Directory = target.Value.Folder,
                Installed = target.Value.IsManaged,
                Origin = target.Value.Foreign?.Name,
                Locked = target.Value.Locked,
                Home = context.Home,
                Sandbox = sandbox,
                Choices = options.Launch.Read(context),
                Port = 0,
                Env = env.Value,
                Grants = grants.Value,
                Secrets = secrets.Value,
                Log = line => Print(context, line),
            },
            cancel);
        if (!started.Succeeded)
        {
            await sandbox.DisposeAsync();
            return Result.Failed<McpTarget>(started.Diagnostics);
        }

        return new McpTarget(new Uri(started.Value.Address!, route.Value.Prefix), sandbox, started.Value);
    }

    /// <summary>The path that is named, the default, or the only one.</summary>
    private static Result<PublicRoute> RouteOf(string package, IReadOnlyList<PublicRoute> routes, string? path)
    {
        var mcp = routes.Where(r => r.Protocol == "mcp").ToArray();
        var paths = mcp.Length == 0 ? "none" : string.Join(", ", mcp.Select(r => r.Prefix));
        var chosen = path is not null ? mcp.FirstOrDefault(r => r.Prefix == path) : mcp.FirstOrDefault(r => r.DefaultMcp) ?? (mcp.Length == 1 ? mcp[0] : null);
        return chosen is not null ? chosen
            : path is null && mcp.Length > 1 ? McpVerbDiagnostics.SeveralEndpoints.Now(package, paths)
            : McpVerbDiagnostics.NoEndpoint.Now(package, path is null ? "" : $" at '{path}'", paths);
    }

    /// <summary>The standard output is the answer's. Before it the preparation may be seen at work, and what is refused is always told.</summary>
    private static void Print(VerbContext context, LogLine line)
    {
        if (!context.Json && !LogPrinter.IsQuiet(line) && (line.Denial is not null || line.Level >= LogLevel.Warn || line.Process.EndsWith("/prepare", StringComparison.Ordinal)))
        {
            context.Terminal.Error.WriteLine($"[{line.Process}] {line.Printable}");
        }
    }
}
