using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Servers at the public address of <see cref="OtherNetwork"/>: HTTPS, HTTP, and one that speaks first.</summary>
internal sealed class PublicServers : IDisposable
{
    private readonly X509Certificate2 _certificate;

    public PublicServers(OtherNetwork network, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _ = AcceptAsync(network.Listen(443), TlsAsync);
        _ = AcceptAsync(network.Listen(80), stream => AnswerAsync(stream, "plain"));
        _ = AcceptAsync(network.Listen(5432), async stream => await stream.WriteAsync("database\n"u8.ToArray()));
    }

    /// <summary>The certificate, which the runner is told to trust.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    public void Dispose() => _certificate.Dispose();

    private async Task TlsAsync(Stream stream)
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(_certificate);
        await AnswerAsync(tls, "tls");
    }

    /// <summary>Answers every request of a connection, as a server does that would keep it open.</summary>
    private static async Task AnswerAsync(Stream stream, string name)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        while (await reader.ReadLineAsync() is { } first)
        {
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            var text = $"{name} {first.Split(' ')[1]}";
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n{text}"));
            if (name == "plain")
            {
                return;
            }
        }
    }

    private static async Task AcceptAsync(Socket listener, Func<Stream, Task> serve)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync(), serve);
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task ServeAsync(Socket client, Func<Stream, Task> serve)
    {
        try
        {
            await using var stream = new NetworkStream(client, ownsSocket: true);
            await serve(stream);
        }
        catch (Exception problem) when (problem is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The other side has gone.
        }
    }
}
