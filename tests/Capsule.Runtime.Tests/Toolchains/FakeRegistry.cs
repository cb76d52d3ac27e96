using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Capsule.Runtime.Toolchains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Runtime.Tests.Toolchains;

/// <summary>An npm registry on loopback that serves the archives a test gives it, or misbehaves as told.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly Dictionary<string, SortedDictionary<string, (byte[] Archive, string Integrity)>> _packages = [];
    private readonly WebApplication _app;

    private FakeRegistry(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    public int Asked { get; private set; }

    public string? Token { get; private set; }

    public bool Hangs { get; set; }

    public bool Truncates { get; set; }

    public string? RawAnswer { get; set; }

    /// <summary>A package that it is too busy for.</summary>
    public string? Fails { get; set; }

    /// <summary>Where its archives are, as its documents say; null for itself.</summary>
    public Uri? Tarballs { get; set; }

    /// <summary>Where every request for an archive is sent on to.</summary>
    public Uri? Redirect { get; set; }

    public static async Task<FakeRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var registry = new FakeRegistry(app);
        app.Run(registry.AnswerAsync);
        await app.StartAsync();
        return registry;
    }

    /// <summary>Settings that name this registry, as npm would read them.</summary>
    public NpmSettings Settings(params (string Name, string Value)[] more) => NpmSettings.Read(
        new Dictionary<string, string>([new("NPM_CONFIG_REGISTRY", Address.ToString()), .. more.Select(m => KeyValuePair.Create(m.Name, m.Value))]), "/nonexistent", []);

    public string Serve(string package, string version, byte[] archive, string? integrity = null)
    {
        integrity ??= "sha512-" + Convert.ToBase64String(SHA512.HashData(archive));
        if (!_packages.TryGetValue(package, out var versions))
        {
            _packages[package] = versions = new(StringComparer.Ordinal);
        }

        versions[version] = (archive, integrity);
        return integrity;
    }

    public static byte[] Archive(params (string Path, string Content)[] files) =>
        Archive(files.Select(f => (TarEntry)new PaxTarEntry(TarEntryType.RegularFile, f.Path) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(f.Content)) }));

    public static byte[] Archive(IEnumerable<TarEntry> entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Asked++;
        Token = context.Request.Headers.Authorization;
        if (Hangs)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
        }

        var path = Uri.UnescapeDataString(context.Request.Path.Value!.TrimStart('/'));
        if (path == Fails)
        {
            context.Response.StatusCode = 503;
        }
        else if (RawAnswer is not null)
        {
            await context.Response.WriteAsync(RawAnswer);
        }
        else if (_packages.TryGetValue(path, out var versions))
        {
            var list = new JsonObject();
            foreach (var (version, (_, integrity)) in versions)
            {
                var dist = new JsonObject { ["tarball"] = $"{Tarballs ?? Address}{path}/-/{version}.tgz" };
                if (integrity.Length > 0)
                {
                    dist["integrity"] = integrity;
                }

                list[version] = new JsonObject { ["dist"] = dist };
            }

            await context.Response.WriteAsJsonAsync(new JsonObject { ["versions"] = list });
        }
        else if (Redirect is not null)
        {
            context.Response.Redirect(new Uri(Redirect, path).ToString());
        }
        else if (path.Split("/-/") is [var name, var file] && _packages.TryGetValue(name, out var served) && served.TryGetValue(file[..^4], out var found))
        {
            context.Response.ContentLength = found.Archive.Length;
            await context.Response.Body.WriteAsync(Truncates ? found.Archive.AsMemory(0, found.Archive.Length / 2) : found.Archive);
            if (Truncates)
            {
                context.Abort();
            }
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }
}
