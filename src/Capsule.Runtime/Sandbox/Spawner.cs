using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Sandbox;

/// <summary>Finds this machine's tools once, and keeps one outer init alive.</summary>
internal sealed class Spawner(SandboxOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private HostTools? _tools;
    private OuterInit? _outer;

    public int OuterPid => _outer?.Pid ?? 0;

    public async Task<Result<Ready>> ReadyAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            if (_tools is null)
            {
                var tools = await HostTools.FindAsync(options, cancel);
                if (!tools.Succeeded)
                {
                    return Result.Failed<Ready>(tools.Diagnostics);
                }

                _tools = tools.Value;
            }

            if (_outer is { IsAlive: true })
            {
                return new Ready(_tools, _outer);
            }

            await CloseAsync();
            var started = await OuterInit.StartAsync(_tools.InitPath, _tools.BubblewrapPath, cancel);
            _outer = started.Value;
            return _outer is null ? Result.Failed<Ready>(started.Diagnostics) : new Ready(_tools, _outer);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _gate.Dispose();
    }

    private async Task CloseAsync()
    {
        if (_outer is not null)
        {
            await _outer.DisposeAsync();
            _outer = null;
        }
    }

    /// <summary>What a cell is opened with.</summary>
    public sealed record Ready(HostTools Tools, OuterInit Outer);
}
