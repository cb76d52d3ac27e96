using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>How long a cached atom is good (specs: atoms 10): only drafts grow old.</summary>
/// <param name="Status"><c>fresh</c>, <c>expired</c> or <c>permanent</c>.</param>
/// <param name="ExpiresAt">Null for what never does.</param>
public sealed record CacheAge(string Status, DateTimeOffset? ExpiresAt)
{
    public const string Fresh = "fresh";

    public const string Expired = "expired";

    public const string Permanent = "permanent";

    /// <param name="lifecycle">Of the cached atom; null when it cannot be read.</param>
    /// <param name="cachedAt">When it came.</param>
    /// <param name="ttlSeconds">0 is always too old, -1 never.</param>
    /// <param name="now">The present. A time of coming that lies ahead of it tells nothing: the entry counts as too old.</param>
    public static CacheAge Of(string? lifecycle, DateTimeOffset cachedAt, long ttlSeconds, DateTimeOffset now)
    {
        if (lifecycle is not (AtomNames.Draft or null) || ttlSeconds < 0)
        {
            return new CacheAge(Permanent, null);
        }

        var end = cachedAt.AddSeconds(ttlSeconds);
        return new CacheAge(ttlSeconds > 0 && cachedAt <= now && now < end ? Fresh : Expired, end);
    }
}
