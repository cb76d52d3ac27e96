using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Capsule.Runtime.Network;

/// <summary>
/// Servers of the runner's by name, each on a unix socket in a private folder of the run, which no cell has. Edges and the public listener dial
/// them as they dial processes.
/// </summary>
internal sealed class NamedSockets : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HeldFolder _folder;
    private readonly Dictionary<string, string> _sockets;

    private NamedSockets(WebApplication app, HeldFolder folder, Dictionary<string, string> sockets) => (_app, _folder, _sockets) = (app, folder, sockets);

    /// <summary>Starts serving. Throws <see cref="RefusedException"/>.</summary>
    /// <param name="folder">For the sockets.</param>
    /// <param name="names">One socket each.</param>
    /// <param name="server">A server with what is said of its sockets: <see cref="LocalServer.Create"/> or <see cref="LocalServer.CreateForwarding"/>.</param>
    /// <param name="make">Who answers for a name.</param>
    /// <param name="answer">Answers one request.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<NamedSockets> ServeAsync<T>(
        string folder, IEnumerable<string> names, Func<Action<KestrelServerOptions>, WebApplicationBuilder> server, Func<string, IServiceProvider, T> make, Func<HttpContext, T, Task> answer, CancellationToken cancel)
        where T : class
    {
        var held = HeldFolder.Open(folder);
        var sockets = names.Select((name, i) => (name, File: $"{i}.sock")).ToDictionary(s => s.name, s => s.File, StringComparer.Ordinal);
        var app = server(kestrel =>
        {
            foreach (var (name, file) in sockets)
            {
                var who = make(name, kestrel.ApplicationServices);
                kestrel.ListenUnixSocket($"{held.StablePath}/{file}", options =>
                {
                    options.Protocols = HttpProtocols.Http1;
                    options.Use(next => connection =>
                    {
                        connection.Features.Set(who);
                        return next(connection);
                    });
                });
            }
        }).Build();
        app.Run(context => answer(context, context.Features.GetRequiredFeature<T>()));
        var all = new NamedSockets(app, held, sockets);
        try
        {
            await app.StartAsync(cancel);
            return all;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SocketException)
        {
            await all.DisposeAsync();
            throw new RefusedException(SupervisionDiagnostics.NotKept.Now(folder, problem.Message));
        }
        catch
        {
            await all.DisposeAsync();
            throw;
        }
    }

    /// <summary>The way to a name; null when there is none of that name.</summary>
    public Dial? Dial(string name) => _sockets.TryGetValue(name, out var file) ? Dials.Unix(_folder, file) : null;

    public async ValueTask DisposeAsync()
    {
        await LocalServer.EndAsync(_app, TimeSpan.FromMilliseconds(200));
        _folder.Dispose();
    }
}
