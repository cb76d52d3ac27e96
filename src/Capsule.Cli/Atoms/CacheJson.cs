using System.Text.Json.Nodes;
using Capsule.Families.Atoms;
using Capsule.Operations.Atoms.Caching;

namespace Capsule.Cli.Atoms;

/// <summary>A cached atom as JSON (docs: atoms, the cache).</summary>
internal static class CacheJson
{
    public static JsonObject Of(CacheEntry entry)
    {
        var element = new JsonObject
        {
            ["id"] = entry.Id,
            ["lifecycle"] = entry.Lifecycle,
            ["cached_at"] = Rfc3339.Write(entry.CachedAt),
            ["ttl_status"] = entry.Age.Status,
            ["size"] = entry.Size,
        };
        if (entry.Details is { } details)
        {
            element["expires_at"] = entry.Age.ExpiresAt is { } end ? Rfc3339.Write(end) : null;
            element["path"] = details.Path;
            element["content_hash"] = details.ContentHash;
            element["verification"] = new JsonObject { ["result"] = details.Verification, ["time"] = details.VerifiedAt };
            element["last_verification"] = details.LastVerification is null ? null : new JsonObject { ["result"] = details.LastVerification, ["time"] = details.LastVerifiedAt };
            element["source"] = details.Record?.Source;
            element["from_mirror"] = details.Record?.Mirror;
            element["etag"] = details.Record?.ETag;
            element["files"] = new JsonArray([.. details.Files.Select(f => new JsonObject { ["path"] = f.Key, ["size"] = f.Value })]);
        }

        return element;
    }
}
