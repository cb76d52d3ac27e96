using System.Globalization;
using System.Net;

namespace Capsule.Runtime.Network;

/// <summary>What a process behind the egress proxy must know: the variables that programs look at, and the certificates they trust.</summary>
internal static class EgressEnvironment
{
    /// <summary>Where the certificate bundle stands inside a cell: a place of ours, for the runner may be told to trust another than the system's.</summary>
    public const string BundleInside = "/etc/capsule/ca-bundle.pem";

    /// <summary>OpenSSL and Python, node and bun, deno, curl, Python's requests and pip.</summary>
    private static readonly string[] TrustVariables = ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "DENO_CERT", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "PIP_CERT"];

    private static readonly string[] Bundles =
    [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
    ];

    /// <summary>This machine's bundle: the one the runner itself is told to trust, else the system's; null when there is none.</summary>
    public static string? FindBundle() => Bundles.Prepend(Environment.GetEnvironmentVariable("SSL_CERT_FILE")).FirstOrDefault(b => !string.IsNullOrEmpty(b) && File.Exists(b));

    /// <param name="port">The proxy's port inside the cell.</param>
    /// <param name="registry">npm's registry setting, where one is known.</param>
    /// <param name="bundle">True when the certificate bundle is in the cell.</param>
    /// <param name="inside">A server of ours on the cell's own loopback, which the proxy does not reach.</param>
    public static IReadOnlyDictionary<string, string> For(int port, Uri? registry, bool bundle, IPAddress? inside = null)
    {
        var proxy = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        // A registry on this machine's loopback is reached through the proxy like any other; inside, loopback is the cell's own.
        var direct = string.Join(',', new[] { registry?.IsLoopback == true ? null : "localhost,127.0.0.1,::1", inside?.ToString() }.OfType<string>());
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["HTTP_PROXY"] = proxy,
            ["http_proxy"] = proxy,
            ["HTTPS_PROXY"] = proxy,
            ["https_proxy"] = proxy,
            ["ALL_PROXY"] = proxy,
            ["all_proxy"] = proxy,
            ["NO_PROXY"] = direct,
            ["no_proxy"] = direct,
            ["DENO_NO_UPDATE_CHECK"] = "1",

            // node 22.21 and 24.5 on; older ones reach the granted hosts without the proxy.
            ["NODE_USE_ENV_PROXY"] = "1",
        };
        if (registry is not null)
        {
            variables["npm_config_registry"] = variables["NPM_CONFIG_REGISTRY"] = registry.ToString();
        }

        if (bundle)
        {
            foreach (var name in TrustVariables)
            {
                variables[name] = BundleInside;
            }
        }

        return variables;
    }
}
