using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Packaging.Archives;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.StandIns;

/// <summary>What a registry serves of a stand-in: the document about its versions, and their archives.</summary>
/// <param name="package">The stand-in.</param>
/// <param name="address">Where it is served, as a package manager sees it.</param>
internal sealed class StandInDocuments(PackageStandIn package, Uri address)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ConcurrentDictionary<string, (byte[] Archive, Integrity Integrity)> _archives = new(StringComparer.Ordinal);
    private byte[]? _document;

    public PackageStandIn Package => package;

    /// <summary>The document that lists all versions (the registry's "packument").</summary>
    public byte[] Document => _document ??= JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["name"] = package.Name,
            ["dist-tags"] = new JsonObject { ["latest"] = package.Versions[^1] },
            ["versions"] = new JsonObject(package.Versions.Select(v => KeyValuePair.Create(v, (JsonNode?)Version(v)))),
        },
        Plain);

    /// <summary>The archive that an address path names; null when it names none.</summary>
    public byte[]? ArchiveAt(string path) => package.Versions.FirstOrDefault(v => path == PathOf(v)) is { } version ? Archive(version).Archive : null;

    /// <summary>The integrity of a version; null for one that is not offered.</summary>
    public string? IntegrityOf(string version) => package.Versions.Contains(version) ? Archive(version).Integrity.Text : null;

    private string PathOf(string version) => $"/{package.Name}/-/{package.Name[(package.Scope.Length + 1)..]}-{version}.tgz";

    private (byte[] Archive, Integrity Integrity) Archive(string version) => _archives.GetOrAdd(version, v =>
    {
        var archive = NpmTarball.Write(package.Files(v));
        return (archive, Integrity.Of(SHA512.HashData(archive)));
    });

    private JsonObject Version(string version)
    {
        var described = JsonNode.Parse(package.Files(version)["package.json"])!.AsObject();
        described["dist"] = new JsonObject
        {
            ["tarball"] = new Uri(address, PathOf(version)).ToString(),
            ["integrity"] = Archive(version).Integrity.Text,
        };
        return described;
    }
}
