using System.Net;
using System.Text;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A NuGet v3 feed on loopback that takes every push and remembers the key that came with it.</summary>
internal sealed class HttpFeed : IDisposable
{
    private readonly HttpListener _listener = new();

    public HttpFeed()
    {
        Root = $"http://127.0.0.1:{Port.Free()}/";
        _listener.Prefixes.Add(Root);
        _listener.Start();
        _ = AnswerAsync();
    }

    public string Address => Root + "v3/index.json";

    public string? KeyReceived { get; private set; }

    private string Root { get; }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            if (call.Request.HttpMethod == "PUT")
            {
                KeyReceived = call.Request.Headers["X-NuGet-ApiKey"];
                await call.Request.InputStream.CopyToAsync(Stream.Null);
                call.Response.StatusCode = 201;
            }
            else
            {
                call.Response.ContentType = "application/json";
                await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(
                    $$"""{"version":"3.0.0","resources":[{"@id":"{{Root}}push","@type":"PackagePublish/2.0.0"}]}"""));
            }

            call.Response.Close();
        }
    }
}
