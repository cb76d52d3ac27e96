using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Capsule.Core.Plans;
using Capsule.Runtime.Relays;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Supervision;
using Capsule.Tests;
using Capsule.Trust.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Runtime.Tests.Relays;

/// <summary>A provider of a test's own behind TLS, and the exits that lead there, as a process with an edge sees them.</summary>
internal sealed class ExitScene : IAsyncDisposable
{
    public const string Key = "sk-real-0123456789";

    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _certificate = Certificate();
    private readonly WebApplication _provider;
    private readonly RunLog _log;
    private RelayListener? _listener;

    private ExitScene(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, o => o.UseHttps(_certificate)));
        builder.Services.AddRouting();
        _provider = builder.Build();
        _provider.Run(answer);
        _log = new RunLog(_folder["logs"], Log.Enqueue);
        Directory.CreateDirectory(_folder["logs"]);
        Directory.CreateDirectory(_folder["relays"]);
    }

    public ConcurrentQueue<LogLine> Log { get; } = [];

    public static RelayPlan OpenAi { get; } = new()
    {
        Id = "llm/relay",
        Kind = "exit_to_open_ai",
        Endpoint = "/oaic",
        Protocol = "oaic",
        Host = "api.openai.com",
        Secret = "openai",
        Header = "Authorization",
        HeaderForm = "Bearer {secret}",
        PathHeader = "x-capakit-external-llm-upstream-path",
        DropHeaders = ["authorization", "cookie", "x-api-key", "proxy-authorization"],
        DropQuery = ["key"],
    };

    /// <summary>The provider's port.</summary>
    public int Port => new Uri(_provider.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    /// <summary>Starts provider and exits.</summary>
    /// <param name="answer">What the provider does.</param>
    /// <param name="change">Another way to it.</param>
    public static async Task<ExitScene> StartAsync(RequestDelegate answer, Func<RelayAddress, ExitScene, RelayAddress>? change = null)
    {
        var scene = new ExitScene(answer);
        await scene._provider.StartAsync();
        var plan = new LaunchPlan
        {
            Package = new PackageReference(FamilyNames.Kit, null, "exits", null),
            Relays = [OpenAi, OpenAi with { Endpoint = "/claude", Kind = "exit_to_anthropic", Host = "api.anthropic.com", Header = "x-api-key", HeaderForm = "{secret}", Secret = "anthropic" }],
        };
        var secrets = new RunSecrets(new Dictionary<string, Secret> { ["openai"] = Secret.FromText(Key), ["anthropic"] = Secret.FromText("other-" + Key) });
        scene._listener = await RelayListener.ServeAsync(
            plan, scene._folder["relays"],
            relay => (change ?? ((a, s) => s.Trusting(a)))(RelayAddress.Of(relay, null), scene), secrets, scene._log, default);
        return scene;
    }

    /// <summary>The provider's own host, found at this test's server, whose certificate is believed.</summary>
    public RelayAddress Trusting(RelayAddress address) => address with
    {
        Base = new UriBuilder(address.Base) { Port = Port }.Uri,
        Refusal = _ => null,
        Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
        Certificates = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString(),
    };

    /// <summary>A caller with an edge to the exits.</summary>
    public HttpClient Caller() => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectCallback = (_, cancel) => _listener!.Dial("llm/relay")!(cancel) })
    {
        BaseAddress = new Uri("http://capakit.local"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Answers with all that arrived.</summary>
    public static async Task EchoAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync(new JsonObject
        {
            ["method"] = context.Request.Method,
            ["target"] = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            ["headers"] = new JsonObject(context.Request.Headers.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => KeyValuePair.Create(h.Key.ToLowerInvariant(), (JsonNode?)h.Value.ToString()))),
            ["body"] = await body.ReadToEndAsync(),
        }.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await _listener!.DisposeAsync();
        await _provider.DisposeAsync();
        _log.Dispose();
        _certificate.Dispose();
        _folder.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=api.openai.com", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
