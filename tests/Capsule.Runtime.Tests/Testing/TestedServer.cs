using System.Net;
using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Testing;
using Capsule.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Tests.Testing;

/// <summary>A package in the test process: a real server on loopback, its public listener, and on a unix socket, its process.</summary>
internal sealed class TestedServer : ITestedPackage, IAsyncDisposable
{
    public const string Process = "hello/start";
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestedServer(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0);
            k.ListenUnixSocket(Socket);
        });
        _app = builder.Build();
        _app.Run(async context =>
        {
            context.RequestAborted.Register(() => _left.TrySetResult());
            await answer(context);
        });
    }

    /// <summary>Completes when a client closes its connection before it has an answer.</summary>
    public Task ClientLeft => _left.Task;

    public IReadOnlyDictionary<string, string>? Fixtures { get; private set; }

    private string Socket => System.IO.Path.Combine(_folder.Path, "i.sock");

    public static async Task<TestedServer> StartAsync(RequestDelegate answer)
    {
        var server = new TestedServer(answer);
        await server._app.StartAsync();
        return server;
    }

    public static RequestDelegate Text(string type, string body, int status = 200) => async context =>
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        await context.Response.WriteAsync(body);
    };

    public static Task Hang(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    public static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>A body that never ends.</summary>
    public static RequestDelegate Endless(string type) => async context =>
    {
        context.Response.ContentType = type;
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)' ');
        try
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has seen enough.
        }
    };

    public Task<IReadOnlyList<Diagnostic>> PrepareAsync(IReadOnlyDictionary<string, string> fixtures, CancellationToken cancel)
    {
        Fixtures = fixtures;
        return Task.FromResult<IReadOnlyList<Diagnostic>>([]);
    }

    public Task<Result<TestTarget>> ReachAsync(string? process, CancellationToken cancel)
    {
        Result<TestTarget> target = process is null ? new TestTarget(new Uri(_app.Urls.First(u => u.StartsWith("http://127", StringComparison.Ordinal)))) : TestTarget.Of(DialAsync);
        return Task.FromResult(target);
    }

    public Task<Result<CommandOutcome>> ExecAsync(TestCommand command, CancellationToken cancel) => throw new NotSupportedException();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(100);
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Requests that hang end with the server.
        }

        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async ValueTask<Stream> DialAsync(CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
