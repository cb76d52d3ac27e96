namespace Capsule.Tests;

/// <summary>The atom that many tests begin with: a good draft whose hash is not computed, with one file.</summary>
internal static class GreetingAtom
{
    /// <summary>Below a catalog's composition folder.</summary>
    public const string Folder = "design-spec/greeting@1.0.0";

    public const string Asset = "hello\n";

    /// <summary>SHA-256 of its canonical bytes (specs: atoms 5.4).</summary>
    public const string Hash = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    public const string Manifest = """
        # A note.
        id          = "acme-atoms/design-spec/greeting"
        version     = "1.0.0"
        content_hash = ""
        lifecycle   = "draft"
        created_at  = "2026-05-24T00:00:00Z"

        [spec]
        class       = "design-spec"
        title       = "Greeting"
        summary     = "How to greet."
        authors     = ["acme"]
        conforms_to = "acme-atoms/design-spec/greeting@1.0.0"
        asset       = "spec.md"

        """;
}
