using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Runtime.Testing.Stubs;

/// <summary>
/// Answers for the processes that a test leaves out, each on a unix socket in the run's private folder. Edges and the public listener lead
/// there as they lead to processes, so that whoever calls sees no difference.
/// </summary>
internal sealed class StubListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HeldFolder _folder;
    private readonly Dictionary<string, string> _sockets;

    private StubListener(WebApplication app, HeldFolder folder, Dictionary<string, string> sockets) => (_app, _folder, _sockets) = (app, folder, sockets);

    /// <summary>Starts serving; null for a plan without stubs. Throws <see cref="RefusedException"/>.</summary>
    /// <param name="plan">What is left out.</param>
    /// <param name="folder">The run's private folder for the sockets.</param>
    /// <param name="log">Told of calls without an answer.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<StubListener?> ServeAsync(LaunchPlan plan, Func<string> folder, RunLog log, CancellationToken cancel)
    {
        if (plan.Stubs is not { Count: > 0 } stubs)
        {
            return null;
        }

        var path = folder();
        var held = HeldFolder.Open(path);
        var processes = StubbedProcesses.Of(plan).ToArray();
        var sockets = processes.Select((p, i) => (p.Process, Name: $"{i}.sock")).ToDictionary(s => s.Process, s => s.Name, StringComparer.Ordinal);
        var builder = LocalServer.Create(kestrel =>
        {
            foreach (var (process, stub) in processes)
            {
                var responder = new StubResponder(process, stub, log);
                kestrel.ListenUnixSocket($"{held.StablePath}/{sockets[process]}", options =>
                {
                    options.Protocols = HttpProtocols.Http1;
                    options.Use(next => connection =>
                    {
                        connection.Features.Set(responder);
                        return next(connection);
                    });
                });
            }
        });
        var app = builder.Build();
        app.Run(context => context.Features.GetRequiredFeature<StubResponder>().AnswerAsync(context));
        var listener = new StubListener(app, held, sockets);
        try
        {
            await app.StartAsync(cancel);
            return listener;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SocketException)
        {
            await listener.DisposeAsync();
            throw new RefusedException(SupervisionDiagnostics.NotKept.Now(path, problem.Message));
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    /// <summary>The way to the stub of a process; null when it has none.</summary>
    public Dial? Dial(string process) => _sockets.TryGetValue(process, out var name) ? Dials.Unix(_folder, name) : null;

    public async ValueTask DisposeAsync()
    {
        await LocalServer.EndAsync(_app, TimeSpan.FromMilliseconds(200));
        _folder.Dispose();
    }
}
