using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Core.Files;
using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>
/// What is known about a cached atom beside its bytes: <c>.meta/…json</c>. It decides nothing that the bytes themselves can decide, and a missing or broken one only
/// means that less is known.
/// </summary>
public sealed record CacheRecord
{
    private const int Largest = 64 * 1024;

    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>When the bytes came into the cache; RFC 3339.</summary>
    public string? CachedAt { get; init; }

    /// <summary>The address of the <c>atom.toml</c> that was fetched.</summary>
    public string? Source { get; init; }

    /// <summary>The canonical host that was meant: an entry is for whoever means the same host by the catalog's name.</summary>
    public string? Canonical { get; init; }

    /// <summary>True when a mirror gave the bytes.</summary>
    public bool Mirror { get; init; }

    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>The result of the last look: <c>ok</c> or what is wrong.</summary>
    public string? Verification { get; init; }

    public string? VerifiedAt { get; init; }

    /// <summary>Null when there is none, or it cannot be read.</summary>
    public static CacheRecord? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<CacheRecord>(RegularFile.ReadAllBytes(path, Largest), Form) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string path) => WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, Form));

    /// <summary>When the bytes came: as recorded, else as the folder's age says.</summary>
    public static DateTimeOffset TimeOf(CacheRecord? record, string folder) =>
        record?.CachedAt is { } text && Rfc3339.Read(text) is { } time ? time : new DateTimeOffset(Directory.GetCreationTimeUtc(folder), TimeSpan.Zero);
}
