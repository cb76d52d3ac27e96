using System.Net;
using System.Text;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A NuGet v3 feed on loopback that takes every push, or refuses it half-way, and remembers the key that came with it.</summary>
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

    /// <summary>After so many bytes of a push the feed has enough of it; null takes all.</summary>
    public int? RefusesAfter { get; set; }

    /// <summary>Enough is then the end of the connection instead of an answer.</summary>
    public bool HangsUp { get; set; }

    /// <summary>Bytes of the last push that was taken.</summary>
    public long Received { get; private set; }

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
                if (RefusesAfter is { } enough)
                {
                    await call.Request.InputStream.ReadExactlyAsync(new byte[enough]);
                    if (HangsUp)
                    {
                        call.Response.Abort();
                        continue;
                    }

                    call.Response.StatusCode = 403;
                }
                else
                {
                    using var taken = new MemoryStream();
                    await call.Request.InputStream.CopyToAsync(taken);
                    Received = taken.Length;
                    call.Response.StatusCode = 201;
                }
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
